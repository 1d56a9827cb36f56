"""The closed lists of the field. Values are stored; their German words are in `vocabulary`."""

from enum import StrEnum


class Provenance(StrEnum):
    """Whether a record is a documented fact, derived from one, or an example."""

    DOCUMENTED = "documented"
    DERIVED = "derived"
    EXAMPLE = "example"


class Level(StrEnum):
    """The carrier's level of government or society, never the funder's."""

    FEDERAL = "federal"
    STATE = "state"
    BEZIRK = "bezirk"
    STATE_OFFICE = "state_office"
    COUNTY = "county"
    MUNICIPAL = "municipal"
    WELFARE = "welfare"
    VOLUNTEER = "volunteer"
    BUSINESS = "business"


class StructureKind(StrEnum):
    """What sort of thing does the integration work."""

    POST = "post"
    FACILITY = "facility"
    PROJECT = "project"
    SERVICE = "service"
    NETWORK = "network"
    VOLUNTEER = "volunteer"
    ACCOMMODATION = "accommodation"


# Nobody asks for the VZÄ of these: without any they lack nothing.
WITHOUT_POSTS = (StructureKind.ACCOMMODATION, StructureKind.NETWORK, StructureKind.VOLUNTEER)


class EndKind(StrEnum):
    """What is meant when a period has, or lacks, a last day."""

    FIXED = "fixed"
    OPEN = "open"
    ANNUAL = "annual"
    UNKNOWN = "unknown"


class Extension(StrEnum):
    """What is known about going on after the end."""

    NOT_NEEDED = "not_needed"
    NOT_YET_POSSIBLE = "not_yet_possible"
    APPLIED = "applied"
    EXPECTED = "expected"
    UNCLEAR = "unclear"
    RULED_OUT = "ruled_out"


class OnLoss(StrEnum):
    """What becomes of a structure when its last carrying funding has ended."""

    ENDS = "ends"
    CONTINUES = "continues"
    UNCLEAR = "unclear"


class FundingPart(StrEnum):
    """Whether a funding carries the structure or only accompanies the money that does."""

    CARRYING = "carrying"
    CO_FINANCING = "co_financing"


class AmountBasis(StrEnum):
    """What an amount refers to."""

    PER_YEAR = "per_year"
    TOTAL = "total"
    UNKNOWN = "unknown"


class Payer(StrEnum):
    """Whose money it is, seen from the Landkreis."""

    GRANT = "grant"
    OWN = "own"
    THIRD = "third"


class Role(StrEnum):
    """How a structure answers for a task."""

    STATUTORY = "statutory"
    LEAD = "lead"
    DELIVER = "deliver"
    SUPPORT = "support"
    INFORM = "inform"


class LegalCharacter(StrEnum):
    """On what footing a task is done."""

    VOLUNTARY = "voluntary"
    OWN_DUTY = "own_duty"
    DELEGATED = "delegated"
    STATE_OFFICE = "state_office"
    THIRD_PARTY = "third_party"
    UNCHECKED = "unchecked"


class AreaKind(StrEnum):
    """District-wide, a group of municipalities, or a single one."""

    DISTRICT = "district"
    GROUP = "group"
    MUNICIPALITY = "municipality"


class BoundaryRole(StrEnum):
    """Whether a boundary belongs to the Landkreis or only surrounds it."""

    OWN = "own"
    NEIGHBOUR = "neighbour"


class AgreementKind(StrEnum):
    """What an agreement between organisations settles."""

    RESPONSIBILITY = "responsibility"
    SERVICE = "service"
    COOPERATION = "cooperation"


class ExtensionRule(StrEnum):
    """How a scenario reads the ends: only what is certain, what is expected, or all that may be."""

    SECURED = "secured"
    EXPECTED = "expected"
    OPTIMISTIC = "optimistic"


class NeedKind(StrEnum):
    """Whether work is needed on people, or on the steering of that work."""

    SERVICE = "service"
    STEERING = "steering"


class Needed(StrEnum):
    """What a body says of a task when it is asked whether something is needed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class NeedUnit(StrEnum):
    """In what the quantity of a need is counted."""

    PLACES = "places"
    FTE = "fte"
    RATIO = "ratio"


class HousingKind(StrEnum):
    """In what kind of accommodation people live."""

    DECENTRAL = "decentral"
    SHARED = "shared"


class ForecastVariant(StrEnum):
    """Which of the three assumptions a forecast rests on: few, as expected, or many."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class ForecastRuleKind(StrEnum):
    """How the values to come of an indicator follow from the recorded ones.

    A change each year in per cent or by so many; arrivals that come on top of the latest value; or arrivals
    of a year that are the value of that year themselves.
    """

    PERCENT = "percent"
    ABSOLUTE = "absolute"
    ARRIVALS = "arrivals"
    YEARLY = "yearly"


class DistributionKey(StrEnum):
    """By what arrivals are distributed among the municipalities."""

    POPULATION = "population"
    INDICATOR = "indicator"
    TYPED = "typed"


class Priority(StrEnum):
    """How urgent a need is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class AssessmentState(StrEnum):
    """What people decided about a finding (Einschätzung)."""

    AGREED = "agreed"
    ACCEPTED = "accepted"
    TO_CLARIFY = "to_clarify"


class Progress(StrEnum):
    """How far the clarification of a finding has come (Stand)."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class MeetingStatus(StrEnum):
    """How far a round has come; what is closed stays as it is."""

    DRAFT = "draft"
    INVITED = "invited"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Attendance(StrEnum):
    """Whether somebody who takes part was there."""

    INVITED = "invited"
    PRESENT = "present"
    EXCUSED = "excused"


class AgendaGroup(StrEnum):
    """Why a point is on the agenda. In which order they are proposed, `agenda.proposals` says."""

    OPENING = "opening"
    OPEN = "open"
    RESUBMISSION = "resubmission"
    CHANGED = "changed"
    DEADLINE = "deadline"
    WISH = "wish"
    OWN = "own"
    CLOSING = "closing"


class WishStatus(StrEnum):
    """What became of a wish for the agenda: not looked at, on the agenda, or left for the next round."""

    OPEN = "open"
    TAKEN = "taken"
    PUT_OFF = "put_off"


class AgendaStatus(StrEnum):
    """What became of a point: still to come, dealt with, left open, kept for later, or struck off."""

    PLANNED = "planned"
    DONE = "done"
    OPEN = "open"
    LATER = "later"
    DROPPED = "dropped"


class Subject(StrEnum):
    """What a point is about."""

    FINDING = "finding"
    MEASURE = "measure"
    STRUCTURE = "structure"
    AGREEMENT = "agreement"
    FUNDING = "funding"
    ACTION = "action"
    POTENTIAL = "potential"
    FREE = "free"


class OutcomeStatus(StrEnum):
    """Whether an Ergebnis is still being written or has been recorded."""

    DRAFT = "draft"
    RECORDED = "recorded"


class ActionStatus(StrEnum):
    """How something agreed stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class MeasureStatus(StrEnum):
    """How far a measure of the Masterplan has come."""

    IDEA = "idea"
    PLANNED = "planned"
    DECIDED = "decided"
    RUNNING = "running"
    COMPLETED = "completed"
    DISCARDED = "discarded"


class Applicant(StrEnum):
    """Who may apply for money, as directives tell carriers apart; the first part of a programme's field."""

    COUNTY = "county"
    MUNICIPALITY = "municipality"
    WELFARE = "welfare"
    ASSOCIATION = "association"
    BUSINESS = "business"
    AUTHORITY = "authority"


class Eligibility(StrEnum):
    """Whether a directive lets somebody apply; where it is not known, nothing is stored."""

    ELIGIBLE = "eligible"
    EXCLUDED = "excluded"


class FundingRegion(StrEnum):
    """Where a programme pays: anywhere, or in the Land or Regierungsbezirk of that official key.

    The key of a Landkreis begins with those of its Land and its Regierungsbezirk.
    """

    NATIONWIDE = "00"
    SCHLESWIG_HOLSTEIN = "01"
    HAMBURG = "02"
    LOWER_SAXONY = "03"
    BREMEN = "04"
    NORTH_RHINE_WESTPHALIA = "05"
    HESSE = "06"
    RHINELAND_PALATINATE = "07"
    BADEN_WUERTTEMBERG = "08"
    BAVARIA = "09"
    SAARLAND = "10"
    BERLIN = "11"
    BRANDENBURG = "12"
    MECKLENBURG_VORPOMMERN = "13"
    SAXONY = "14"
    SAXONY_ANHALT = "15"
    THURINGIA = "16"
    UPPER_BAVARIA = "091"
    LOWER_BAVARIA = "092"
    UPPER_PALATINATE = "093"
    UPPER_FRANCONIA = "094"
    MIDDLE_FRANCONIA = "095"
    LOWER_FRANCONIA = "096"
    SWABIA = "097"


class PotentialKind(StrEnum):
    """What kind of chance a potential is."""

    SKILLED_WORK = "skilled_work"
    TRAINING = "training"
    VOLUNTEERING = "volunteering"
    HOUSING = "housing"
    SCHOOL = "school"
    CULTURE = "culture"
    ECONOMY = "economy"
    OTHER = "other"


class PotentialState(StrEnum):
    """What has become of a potential so far."""

    RECOGNISED = "recognised"
    EXAMINED = "examined"
    USED = "used"
    NOT_PURSUED = "not_pursued"


class MilestoneProgress(StrEnum):
    """How far a step of a measure has come."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    REACHED = "reached"


class CommitteeResult(StrEnum):
    """What a committee made of a paper."""

    NOTED = "noted"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    AMENDED = "amended"
    POSTPONED = "postponed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class About(StrEnum):
    """What a paper is about."""

    WHOLE = "whole"
    PLAN = "plan"
    PROGRAMME = "programme"
    MEASURE = "measure"
    FINDING = "finding"


class LeadUnit(StrEnum):
    """How the days before a sitting are counted; a weekday is the last one that is at least so many days
    before."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"


class FindingKind(StrEnum):
    """What the data show about who is in charge and what is missing; computed, never typed in."""

    OVERLAP = "OVERLAP"
    NO_LEAD = "NO_LEAD"
    LEAD_ONLY = "LEAD_ONLY"
    GAP = "GAP"
    SHORTFALL = "SHORTFALL"
    ENDING = "ENDING"
    UNKNOWN = "UNKNOWN"


class DateKind(StrEnum):
    """What is due on a day of the calendar."""

    FUNDING_END = "end"
    STRUCTURE_END = "expiry"
    APPLY_BY = "apply"
    DECIDE_BY = "decide"
    PROOF_DUE = "proof"
    AGREEMENT_END = "agreement_end"
    NOTICE_BY = "notice"
    RESUBMIT = "resubmit"
    MILESTONE = "milestone"
    ROUND = "round"
    AGREED = "agreed"


class Reply(StrEnum):
    """What a carrier may answer to a row of its file."""

    YES = "yes"
    CHANGED = "changed"
    GONE = "gone"


class Verdict(StrEnum):
    """What became of a row that a carrier was asked to confirm."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    GONE = "gone"
    UNCLEAR = "unclear"
    ADDED = "added"


class ReplyState(StrEnum):
    """How far the answer of somebody who was asked has come; computed, never typed in."""

    SENT = "sent"
    REMINDED = "reminded"
    PARTIAL = "partial"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    REFUSED = "refused"


class PersonRole(StrEnum):
    """What somebody who signs in may do."""

    READ = "read"
    EDIT = "edit"
    ADMINISTER = "administer"


class PersonScope(StrEnum):
    """What somebody who edits may change: the records of the own unit and those below it, or all."""

    OWN = "own"
    ALL = "all"


class SubscriptionKind(StrEnum):
    """What a subscription hands out."""

    CALENDAR = "calendar"
    EXPORT = "export"


class ToldStage(StrEnum):
    """As what a mail tells of a thing; each comes after the one before it."""

    KNOWN = "known"
    DUE = "due"
    OVERDUE = "overdue"
    AGAIN = "again"


class Language(StrEnum):
    """A language of the public directory besides German; the value is its tag (BCP 47)."""

    EASY = "de-simple"
    ENGLISH = "en"
    FRENCH = "fr"
    ARABIC = "ar"
    PERSIAN = "fa"
    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    TURKISH = "tr"
    POLISH = "pl"
    ROMANIAN = "ro"


class DataLicence(StrEnum):
    """Under which terms others may use the open data of the public directory."""

    UNDECIDED = "undecided"
    ZERO = "dl-zero-de/2.0"
    ATTRIBUTION = "dl-by-de/2.0"
    CC_BY = "cc-by/4.0"
