"""What librarians and shops ask of metadata: language tags, ISBNs, relators, dates.  Pure.

Each check gives the value in its usual spelling or raises ValueError with a sentence
that says what is wrong; the sentence ends without a remedy where there is none to give.
"""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Final

from booktools.model.slug import ascii_words


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- languages ------------------------------------------------------------------------

_ISO_639_1: Final = _words(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu
    cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi
    ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks
    ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk
    sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz
    ve vi vo wa wo xh yi yo za zh zu
    """
)

_TAG: Final = re.compile(
    r"""(?P<language>[a-z]{2,3})
        (?:-[a-z]{3}){0,3}
        (?:-(?P<script>[a-z]{4}))?
        (?:-(?P<region>[a-z]{2}|[0-9]{3}))?
        (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
        (?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*
        (?:-x(?:-[a-z0-9]{1,8})+)?""",
    re.VERBOSE,
)

LANGUAGE_NAMES: Final = {
    "arabic": "ar",
    "castellano": "es",
    "catalan": "ca",
    "chinese": "zh",
    "deutsch": "de",
    "dutch": "nl",
    "english": "en",
    "español": "es",
    "français": "fr",
    "french": "fr",
    "galician": "gl",
    "german": "de",
    "greek": "el",
    "italian": "it",
    "japanese": "ja",
    "latin": "la",
    "polish": "pl",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
}


def language_tag(tag: str) -> str:
    """A BCP 47 tag in its usual spelling: `es-CL`, `zh-Hant`."""
    found = _TAG.fullmatch(tag.lower())
    if not found or (len(found["language"]) == 2 and found["language"] not in _ISO_639_1):
        raise ValueError(f"“{tag}” is not a language tag (BCP 47)")
    parts = tag.lower().split("-")
    before_x = parts.index("x") if "x" in parts else len(parts)
    for at, part in enumerate(parts[1:before_x], 1):
        if len(parts[at - 1]) == 1:
            break
        if part == found["script"]:
            parts[at] = part.title()
        elif part == found["region"]:
            parts[at] = part.upper()
    return "-".join(parts)


# --- numbers --------------------------------------------------------------------------


def isbn13(number: str) -> str:
    """The thirteen digits of an ISBN, hyphens and blanks taken out, check digit checked."""
    digits = re.sub(r"[\s\u2010-\u2015-]", "", number)
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise ValueError(f"“{number}” is not an ISBN of 13 digits that begin with 978 or 979")
    if (wanted := isbn13_check_digit(digits[:12])) != digits[12]:
        raise ValueError(
            f"the check digit of ISBN {number} is wrong: it ends in {digits[12]}, "
            f"the other digits ask for {wanted}"
        )
    return digits


def isbn13_check_digit(twelve: str) -> str:
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-total % 10)


def identifier(text: str) -> str:
    """A book's identifier: an ISBN becomes `urn:isbn:…`, a UUID `urn:uuid:…`, others stay.

    Others must name their scheme: `doi:…`, `https://…`, `urn:…:…`.
    """
    isbn = re.fullmatch(r"(?i)(?:urn:)?isbn[:\s]*(.*)|(97[89][0-9\s\u2010-\u2015-]{10,})", text)
    if isbn:
        return "urn:isbn:" + isbn13(isbn[1] or isbn[2] or "")
    if bare := re.fullmatch(r"(?i)(?:urn:)?uuid:(.*)", text):
        if not re.fullmatch(r"(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bare[1]):
            raise ValueError(f"“{bare[1]}” is not a UUID")
        return f"urn:uuid:{uuid.UUID(bare[1])}"
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"]+", text):
        raise ValueError(f"“{text}” does not say what kind of identifier it is")
    return text


def iso_date(text: str) -> str:
    """A year, a year and month, or a day, of ISO 8601, that is in the calendar."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise ValueError(f"“{text}” is not a date")
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise ValueError(f"“{text}” is not in the calendar") from None
    return text


# --- names in files -------------------------------------------------------------------


def slug(text: str) -> str:
    """Letters a-z, digits and hyphens of a text: `Más allá!` → `mas-alla`; may be empty."""
    return "-".join(ascii_words(text))[:80].strip("-")


# --- MARC relators --------------------------------------------------------------------

RELATORS: Final = _words(
    """
    abr acp act adi adp aft anc anl anm ann ant ape apl app aqt arc ard arr art asg asn ato
    att auc aud aue aui aup aus aut bdd bjd bka bkd bkp blw bnd bpd brd brl bsl cad cas ccp
    chr cli cll clr clt cmm cmp cmt cnd cng cns coe col com con cop cor cos cot cou cov cpc
    cpe cph cpl cpt cre crp crr crt csl csp cst ctb cte ctg ctr cts ctt cur cwt dbd dbp dfd
    dfe dft dgc dgg dgs dis djo dln dnc dnr dpc dpt drm drt dsr dst dtc dte dtm dto dub edc
    edd edm edt egr elg elt eng enj etr evp exp fac fds fld flm fmd fmk fmo fmp fnd fon fpy
    frg gdv gis grt his hnr hst ill ilu ink ins inv isb itr ive ivr jud jug lbr lbt ldr led
    lee lel len let lgd lie lil lit lsa lse lso ltg ltr lyr mcp mdc med mfp mfr mka mod mon
    mrb mrk msd mte mtk mup mus mxe nan nrt onp opn org orm osp oth own pad pan pat pbd pbl
    pdr pfr pht plt pma pmn pnc pop ppm ppt pra prc prd pre prf prg prm prn pro prp prs prt
    prv pta pte ptf pth ptt pup rap rbr rcd rce rcp rdd red ren res rev rpc rps rpt rpy rse
    rsg rsp rsr rst rth rtm rxa sad sce scl scr sde sds sec sfx sgd sgn sht sll sng spk spn
    spy srv std stg stl stm stn str swd tad tau tcd tch ths tld tlg tlh tlp trc trl tyd tyg
    uvp vac vdg vfx vid voc wac wal wam wat waw wdc wde wfs wft wfw win wit wpr wst wts
    """
)

RELATOR_NAMES: Final = {
    "adapter": "adp",
    "afterword": "aft",
    "annotator": "ann",
    "author": "aut",
    "compiler": "com",
    "contributor": "ctb",
    "corrector": "crr",
    "cover designer": "cov",
    "designer": "bkd",
    "editor": "edt",
    "foreword": "aui",
    "illustrator": "ill",
    "interviewer": "ivr",
    "introduction": "aui",
    "narrator": "nrt",
    "photographer": "pht",
    "preface": "aui",
    "printer": "prt",
    "proof-reader": "pfr",
    "proofreader": "pfr",
    "publisher": "pbl",
    "transcriber": "trc",
    "translator": "trl",
}
