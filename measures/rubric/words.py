"""The English words that lint looks for. They are lists to argue with: a word a line of thought.

A word stands here in the form it is written in; plurals in ``s`` are found without being listed.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUANTITY = _words("""
    some most many few all every each any several fully partly partially mostly largely completely
    entirely wholly totally often always sometimes rarely usually frequently more less fewer much
    increasingly widely generally majority minority half whole nearly almost systematically
    consistently routinely extensively limited full partial numerous various occasional occasionally
    regular regularly greater lesser large small high higher low lower very quite
    one two three four five six seven eight nine ten eleven twelve dozen hundred thousand percent
""")
"""Words that only say how much or how often: no difference between two levels by themselves."""

VAGUE = _words("""
    adequate adequately appropriate appropriately robust robustly sufficient sufficiently effective
    effectively efficient efficiently significant significantly properly suitable suitably satisfactory
    satisfactorily regular regularly timely relevant meaningful meaningfully comprehensive
    comprehensively reasonable reasonably substantial substantially credible credibly capable mature
    optimal optimally holistic sustainable acceptable acceptably successful successfully functional
    modern good strong strongly sound world-class high-quality cutting-edge proper clear clearly
    professionally competently important reliable reliably excellent weak poor poorly viable realistic
    realistically coherent coherently consistently transparent transparently inclusive inclusively
    responsive proactive proactively ensure ensures ensured improved strengthened enhanced useful
    usefully better promptly quickly readily duly swiftly smoothly normally generally easily many
    several few numerous various frequently often usually largely mostly widely routinely systematically
    extensively increasingly occasionally sometimes rarely nearly almost partly partially
""")
"""Words on which two honest observers need not agree; so are compounds with ``well-``."""

VAGUE_PHRASES = ("best practice", "as needed", "as necessary", "where necessary", "where needed", "if needed",
                 "if necessary", "state of the art", "key role", "high quality", "of quality", "a number of",
                 "to some extent", "to a large extent", "a high level", "fit for purpose", "up to standard",
                 "up to standards", "international standards", "fully operational")  # fmt: skip

NAMED = ("regular army", "regular forces", "regular officer", "regular soldier", "regular unit",
         "regular troops", "sound recording", "good conduct", "common good", "effective date",
         "effective from", "strong room", "in clear", "how many", "how often")  # fmt: skip
"""Where a vague word is part of a name, and judges nothing."""

IDLE = ("in general", "on board", "in case", "in any case", "in part", "take part", "takes part", "took part",
        "taken part", "taking part", "in the form of", "in person", "in any form", "as a rule", "in order to",
        "in order that", "of course", "in the course of", "on paper")  # fmt: skip
"""Phrases that name no actor and nothing to be seen, though one of their words elsewhere does."""

ACTORS = _words("""
    ministry ministries minister office officer official holder staff directorate director department
    division branch section unit battalion brigade corps forces army navy commander command headquarters
    general parliament committee member government cabinet prosecutor court judge auditor inspector
    inspectorate ombudsman commission council board bureau agency authority instructor teacher faculty
    college school academy clerk depot workshop technician mechanic engineer hospital medic doctor nurse
    surgeon pharmacist clinic pilot crew analyst planner drafter writer team nobody anyone somebody
    person people personnel soldier sergeant nco ncos recruit graduate student chief deputy head leader
    chair chairman secretary spokesperson spokesman treasury buyer supplier contractor institution bank
    centre center representative delegate editor bodies body deputies woman women man men complainant
    detainee lawyer counsel accountant paymaster storekeeper operator duty-officer watch-keeper
    interpreter troops garrison legislator lawmaker mp mps civilians civilian
""")
"""Who may be seen to do something, or not to."""

OBSERVABLES = _words("""
    sign signed signs signature issue issued issues reissued order orders ordered decree decision
    decided decides paper papers document record records recorded recording register registered list
    lists listed minutes letter report reports reported reporting plan plans planned budget budgets
    budgeted pay pays paid payroll payment money fund funds funded cost costs costed contract contracts
    post posts establishment appointed appoint appointment named names name meeting meetings meet met
    meets publish published law act regulation regulations rule rules instruction instructions procedure
    policy text texts draft drafted drafting write writes written wrote rewritten said says say asked
    asks ask statement stated spoken speech answer answers answered inspection inspections inspected
    audit audits audited count counts counted check checks checked visit visited visitor stock shelf
    shelves book books file files form forms map database log logs tested test exercise exercises
    exercised rehearsed drill course courses curriculum syllabus lesson lessons class taught teach
    teaches teaching manual doctrine handbook exam examination panel promotion promoted selected
    selection rank grade complaint complaints case cases investigated investigation prosecuted trial
    verdict sentence dismissed disciplined corrected correction amended amend amendment changed change
    cancelled stopped started bought buy buys purchase purchased delivered repaired repair repairs
    maintained vehicle vehicles aircraft weapon weapons equipment item items fuel ammunition medicine
    medicines treated evacuated evacuation ward briefed briefing briefings assessment assessments
    warning incident incidents alert responded message messages press statement broadcast website post
    handed handover telephone phone room building shown shows show filled vacant timetable timetables
    calendar deadline date dated agenda vote voted votes question questions hearing hearings summoned
    sat sits session bill chapter clause agreement memorandum request requests requested requirement
    requirements tasked directive directives detention detained detainee cell released handbook lecture
    unpublished unsigned signal radio computer server password backup patch software duty duties shift
    watch roster rosters allocated allocates allocation allotment ledger invoice invoices receipt
    receipts accounts transfer transferred supplied stretcher ambulance blood vaccine survey surveyed
    interview interviewed consulted consult review reviews reviewed revised study studies proposal
    proposals proposed adopted adopts approved approves approval refused refuses rejected accepted
    chaired chairs attends attended lists wears wear carried sends send sent reads read copies copy
    title titles label labels numbered timings wages salary salaries
""")
"""Things and acts that an observer can point at."""

VERBS = _words("""
    is are was were has have had does do did can cannot could must may will would shall
    says say said states asks holds hold held keeps keep kept names name lists list pays pay paid
    gives give gave goes go went takes take took makes make made writes write wrote sets set
    puts put runs run ran meets meet met leads lead led sits sit sat reads read begins begin began
    brings bring brought buys buy bought sends send sent finds find found shows show showed shown
    stands stand stood knows know knew sees see saw teaches teach taught chooses choose chose
    decides decide issues issue signs sign orders order plans plan uses use works work reports report
    answers answer checks check counts count draws draw drew drawn draft drafts requires require
    records record covers cover binds bind tells tell told limits limit forbids forbid allows allow
    provides provide assigns assign charges charge contains contain bears bear bore carries carry
    cites cite refers refer rests rest lies lie lay follows follow agrees agree appoints appoint
    approves approve publishes publish reviews review compares compare tests test repairs repair
    treats treat receives receive returns return leaves leave left comes come came becomes become
    became falls fall fell rises rise rose costs cost fills fill serves serve speaks speak spoke
    learns learn repeats repeat reaches reach rejects reject refuses refuse accepts accept
    differs differ matches match appears appear includes include describes describe commits commit
    maintains maintain operates operate trains train selects select hears hear heard summons
    investigates investigate informs inform submits submit contributes contribute sells sell sold
    wears wear wins win won sleeps travel travels moves move stays stay starts start stops stop
    adjusts adjust funds fund staffs staff prepares prepare produces produce corrects correct
    belongs belong gets get got needs need lacks lack names bans ban fixes fix governs govern
    grants grant places place opens open closes close lets let links link spends spend spent
    entitles entitle obliges oblige calls call depends depend applies apply directs direct
    directed separates separate defines define protects protect measures measure ranks rank
    lapses lapse ends end counts quotes quote rules rule flows flow traces trace owns own
    understands understand understood remains remain delegates delegate presents present
    differ feeds feed fed builds build built lays lay laid
""")
"""Finite verbs in use; any word in ``-ed`` counts as one too."""

_FURTHER_VERBS = _words("""
    account act add advise amend announce answer ask audit authorise ban bar certify change choose cite
    clear close collect complain complete concern confirm consist continue convene copy correspond
    create deal deliver demand deny deploy design detain devote discuss dismiss display distribute
    divide draft educate elect employ enable end enforce entail enter equip escort establish evacuate
    evaluate examine exceed exclude exercise exist explain extend fail favour file fit forward gather
    guard hand handle happen head help hire host identify implement inspect install instruct interview
    invite involve issue join judge label load locate lock log lose mark match mention monitor note
    notify observe obtain occupy occur offer omit originate outlast oversee participate pass perform
    permit possess post prevent print proceed process procure prohibit promise promote propose prove
    provide question receive recognise recommend reconcile recruit reduce reflect register reissue
    reject relate release relieve rely renew reopen replace reply request reserve resolve respond
    restrict result retain retire revise revoke rotate schedule seal search seat secure seek seize
    sentence serve settle share speak specify state store succeed suggest supersede supply support
    suspend tally terminate test total track transfer translate transmit transport try turn undertake
    update urge use vary verify view visit vote wait warn watch withdraw withhold witness write
""")
"""Further verbs by their stem."""


def _forms(stem: str) -> tuple[str, ...]:
    return stem, f"{stem}s", f"{stem}es", f"{stem.removesuffix('y')}ies"


VERBS |= {form for stem in _FURTHER_VERBS for form in _forms(stem)}

NOT_PAST = _words("""
    need speed seed feed bleed breed deed reed weed indeed hundred bed shed sled sacred embed exceed
""")
"""Words in ``-ed`` that are no past form."""

ARTICLES = _words("a an the its their his her each every no one any all some another at-least")
"""Where one follows a word that is no preposition, that word is a verb."""

BEFORE_NOUNS = _words("""
    a an the its their his her our each every any all no some one another of in on at by for with from
    under over into onto to upon without within against about between among through during before after
    since until per as than and or
""")
"""After one of these, and at the beginning, ``plan``, ``order`` and ``report`` are nouns."""

MODIFIERS = _words("""
    new old own annual yearly monthly weekly quarterly first second third last latest next current past
    former single common joint military national central local written same other main
""")
"""Words that may stand between these and their noun."""

CERTAIN_VERBS = _words("is are was were has have had does did can cannot could must would shall")
"""Words that are verbs wherever they stand."""

NO_VERBS = _words(
    "not only even half so thus if when where while because that which who whose then now never"
)
"""Words that may stand between ``and`` and an article without beginning a second statement."""

ABBREVIATIONS = _words("""
    no nos art col gen lt maj capt sgt dept e.g i.e vs st dr mr mrs ms approx para fig vol cf u.n u.s
""")
"""Words whose full stop does not end a sentence."""

ONLY_VERBS = _words("""
    says said holds held keeps kept gives gave goes went takes took makes made writes wrote puts meets
    met leads led sits sat begins began brings brought buys bought sends sent finds found stands stood
    knows knew sees saw teaches taught chooses chose decides pays paid tells told requires contains
    carries cites follows agrees appoints approves publishes receives becomes became falls fell rises
    rose serves speaks spoke learns repeats reaches rejects refuses accepts includes describes ran drew
    chose sold built lent spent won heard lost drove grew fed fought caught felt meant swore threw
    forgot understood got shook hung dug hid
""")
"""Verb forms that are never nouns: after ``and`` they begin a second statement."""

VERBS |= ONLY_VERBS
CERTAIN_VERBS |= {word for word in ONLY_VERBS if word.endswith("s")}

DECISIVE = QUANTITY | _words("""
    no not never none nobody nothing neither nor without unless except only must shall should may might
    can cannot and or at least before after until
""")
"""Words whose coming or going changes what holds: negations, amounts, duties, joints."""

MEASURES = re.compile(
    r"\bto what extent\b|\bextent to which\b|\bdegree (?:of|to which)\b|(?<!at the )\blevel of\b(?! command)"
    r"|\bhow well\b|\bquality of\b|\bthe number of\b(?! the| each| its)"
    r"|\b(?:share|percentage|proportion) of\b",
    re.IGNORECASE,
)
"""Phrases that ask for a measure where a yes or a no is wanted."""

ASKING = _words("whether does do did is are was were has have had can could will would should how why")
"""A statement that begins with one of these asks."""

NUMBERS = _words("""
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds couple thousand
    thousands million dozen dozens
""")
"""Counts of things. One is none: ``at least one`` only says that there is such a thing."""

TIMES = _words("""
    day days week weeks month months quarter quarters year years half-year half-years hour hours
    minute minutes cycle cycles season seasons semester semesters term terms time times decade decades
    rounds round
""")
"""A span of time may be counted: it says how long something lasted, not how much there was."""

MONTHS = _words("""
    january february march april may june july august september october november december
""")
"""Beside a number: the day of a date."""

DEFINITE = _words("the these those its their last past latest first")
"""Before a number: which ones, as in ``the two services``, and not how many."""

SPANS = _words("""
    full complete whole past last latest previous following further more budget budgetary financial fiscal
    calendar working future coming next subsequent planning reporting training teaching school academic
    annual yearly quarterly
""")
"""Words that may stand between a number and a span of time."""

REPEATED = _words("consecutive successive")
"""After a number: how often it was repeated, one after the other, not how much there was."""

SAMPLED = ("drawn at random", "drawn by lot")
"""A number of things drawn is the size of a sample, not a threshold."""

REFERENCES = _words("""
    resolution article chapter stanag law paragraph annex page section protocol part ajp no number order
    decree regulation decision directive act clause form version standard appendix table line volume
    figure item serial room building gate phase stage step tier category class type grade band zone
    sector district region camp brigade battalion regiment division corps company squadron wing group
    unit iso
""")
"""Words before a number that is a name and not a count; ``no`` also denies, as in ``no two records``."""
