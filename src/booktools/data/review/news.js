"use strict";

// What happens elsewhere: somebody else decides, the text is changed on disk, a ledger is
// broken by hand, booktools stops.  The page asks now and then, and says so.
const NEWS = { soon: 700, later: 3000, told: "", timer: 0 };

function watch() {
  clearTimeout(NEWS.timer);
  if (desk.mailed) return;
  NEWS.timer = setTimeout(hear, state.about.laying || !state.about.edition ? NEWS.soon : NEWS.later);
}

async function hear() {
  try {
    if (!document.hidden && state.who) await take(await desk.news());
  } catch (fault) {
    trouble(fault.message);
    if (fault.gone && fault.locked) return; // another start of booktools: this page is done for
  }
  watch();
}

async function take(news) {
  trouble(news.trouble);
  drawLaying(news);
  // While somebody writes, what he looks at stays as it is.
  if (document.querySelector("dialog[open]") || state.running) return;
  const errata = news.ledger !== state.about.ledger;
  if (!errata && news.edition === state.edition) return;
  const first = !state.edition && news.edition;
  const text = state.edition && news.edition !== state.edition;
  await busy(again);
  if (first && !errata) return;
  tell(text ? "The book’s text was changed on disk. The page shows it as it is now." : "The errata were changed elsewhere. The page shows them as they are now.", false);
}

// What is wrong stays to be read until it is right again.
function trouble(words) {
  if (words === NEWS.told) return;
  if (words) alarm(new Fault(words));
  else $("alarm").hidden = true;
  NEWS.told = words;
}

function drawLaying(news) {
  const first = news.laying && !news.edition;
  $("laying").hidden = !first;
  if (first) $("laying-said").textContent = news.laying;
}
