"""The English words that lint looks for. They are lists to argue with: a word a line of thought.

A word stands here in the form it is written in; plurals in ``s`` are found without being listed.
"""

from __future__ import annotations


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
    effectively efficient efficiently significant significantly properly suitable suitably
    satisfactory satisfactorily regular regularly timely relevant meaningful meaningfully
    comprehensive comprehensively reasonable reasonably substantial substantially credible credibly
    capable mature optimal optimally holistic sustainable acceptable acceptably successful
    successfully functional modern good strong strongly sound world-class high-quality
    cutting-edge
""")
"""Words on which two honest observers need not agree."""

VAGUE_PHRASES = (
    "best practice",
    "as needed",
    "where necessary",
    "as appropriate",
    "state of the art",
    "key role",
)

ACTORS = _words("""
    ministry ministries minister office officer official holder staff directorate director department
    division branch section unit battalion brigade corps force forces army navy commander command
    headquarters general parliament committee member government cabinet prosecutor court judge
    auditor inspector inspectorate ombudsman commission council board bureau agency authority
    service instructor teacher faculty college school academy clerk depot workshop technician
    mechanic engineer hospital medic doctor nurse surgeon pharmacist clinic pilot crew analyst
    planner drafter writer adviser advisor mission team cell group nobody anyone somebody person
    people personnel soldier sergeant nco ncos recruit graduate student candidate chief deputy
    head leader chair chairman secretary spokesperson spokesman treasury buyer supplier contractor
    visitor institution bank centre center representative delegate editor bodies body deputies
    woman women man men complainant detainee lawyer counsel legal-adviser accountant paymaster
    storekeeper operator duty-officer watch-keeper interpreter patient casualty troops garrison
    legislator lawmaker mp mps civilians civilian one neither none who
""")
"""Who may be seen to do something, or not to."""

OBSERVABLES = _words("""
    sign signed signs signature issue issued issues reissued order orders ordered decree decision decided
    decides paper papers document record records recorded recording register registered list lists
    listed minutes letter report reports reported reporting plan plans planned budget budgets budgeted
    pay pays paid payroll payment money fund funds funded cost costs costed contract contracts post
    posts establishment appointed appoint appointment named names name meeting meetings meet met
    meets publish published law act regulation regulations rule rules instruction instructions
    procedure policy text texts draft drafted drafting write writes written wrote rewritten said
    says say asked asks ask statement stated spoken speech answer answers answered
    inspection inspections inspected audit audits audited count counts counted check checks checked
    visit visited visitor stock shelf shelves depot book books file files form forms map database
    system network log logs tested test exercise exercises exercised rehearsed drill course courses
    curriculum syllabus lesson lessons class taught teach teaches teaching manual doctrine handbook
    exam examination board boards panel promotion promoted selected selection rank grade career
    complaint complaints case cases investigated investigation prosecuted trial verdict sentence
    dismissed discipline disciplined corrected correction amended amend amendment changed change
    cancelled stopped started bought buy buys purchase purchased delivered repaired repair repairs
    maintained vehicle vehicles aircraft weapon weapons equipment part parts item items fuel
    ammunition medicine medicines treated evacuated evacuation hospital clinic ward patient
    intelligence briefed briefing briefings assessment assessments product products warning incident
    incidents alert response responded message messages press statement broadcast website post
    operation operations mission command commands relief handed hand hands handover custom habit
    telephone phone room building office shown shows show seen sees see found finds find kept keep
    keeps used use uses run runs ran works work worked held hold holds filled vacant absent present
    timetable timetables calendar deadline date dated agenda vote voted votes question questions
    hearing hearings summoned sat sits session bill chapter clause agreement memorandum request
    requests requested requirement requirements task tasks tasked directive directives target
    targets detention detained detainee cell released handbook lecture unpublished unsigned signal
    radio link computer server password backup patch software duty duties shift watch roster rosters
    allocated allocates allocation allotment ledger invoice invoices receipt receipts accounts account
    balance transfer transferred supply supplies supplied stretcher ambulance blood vaccine survey
    surveyed interview interviewed consulted consult review reviews reviewed revised study studies
    proposal proposals proposed adopted adopts approved approves approval refused refuses rejected
    accepted led leads lead chaired chairs attends attended lists wears wear carries carry carried
    gives give gave given takes took taken goes go went sends send sent brings brought reads read
    copies copy title titles label labels number numbers numbered timings wages salary salaries
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

ONLY_VERBS = _words("""
    says said holds held keeps kept gives gave goes went takes took makes made writes wrote puts meets
    met leads led sits sat begins began brings brought buys bought sends sent finds found stands stood
    knows knew sees saw teaches taught chooses chose decides pays paid tells told requires contains
    carries cites follows agrees appoints approves publishes receives becomes became falls fell rises
    rose serves speaks spoke learns repeats reaches rejects refuses accepts includes describes
""")
"""Verb forms that are never nouns: after ``and`` they begin a second statement."""

DECISIVE = QUANTITY | _words("""
    no not never none nobody nothing neither nor without unless except only must shall should may might
    can cannot and or at least before after until
""")
"""Words whose coming or going changes what holds: negations, amounts, duties, joints."""

MEASURES = ("to what extent", "extent to which", "degree of", "degree to which", "level of", "how well",
            "how often", "how many", "how much", "quality of", "the number of", "share of", "percentage of",
            "proportion of")  # fmt: skip
"""Phrases that ask for a measure where a yes or a no is wanted."""

NUMBERS = _words("two three four five six seven eight nine ten eleven twelve dozen dozens hundred thousand")
TIMES = _words("""
    day days week weeks month months quarter quarters year years half-year half-years hour hours
    minute minutes cycle cycles season seasons semester semesters term terms time times
""")
"""A span of time may be counted: it says how long something lasted, not how much there was."""

REPEATED = _words("consecutive successive")
"""After a number: how often it was repeated, one after the other, not how much there was."""

SAMPLED = ("drawn at random", "drawn by lot")
"""A number of things drawn is the size of a sample, not a threshold."""

REFERENCES = _words("resolution article chapter stanag law paragraph annex page section protocol part ajp")
"""Words before a number that is a name and not a count."""
