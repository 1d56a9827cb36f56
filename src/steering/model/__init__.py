"""Records, enumerations and the rules of one record. Knows no database session, file, clock or screen."""

from steering.model.base import Kept, Record, Traced, Versioned
from steering.model.catalogue import TargetGroup, Task, TaskField
from steering.model.committees import Committee, CommitteeDate
from steering.model.enums import (
    AgreementKind,
    AmountBasis,
    AreaKind,
    BoundaryRole,
    EndKind,
    Extension,
    ExtensionRule,
    FundingPart,
    LegalCharacter,
    Level,
    OnLoss,
    Payer,
    Provenance,
    Role,
    StructureKind,
)
from steering.model.funding import Funding, Programme
from steering.model.ledger import Change, Dataset, Settings
from steering.model.organisations import (
    Agreement,
    AgreementOrganisation,
    AgreementTask,
    Organisation,
)
from steering.model.places import Area, AreaMunicipality, Boundary, Municipality
from steering.model.structures import Responsibility, ResponsibilityGroup, Structure

__all__ = [
    "Agreement",
    "AgreementKind",
    "AgreementOrganisation",
    "AgreementTask",
    "AmountBasis",
    "Area",
    "AreaKind",
    "AreaMunicipality",
    "Boundary",
    "BoundaryRole",
    "Change",
    "Committee",
    "CommitteeDate",
    "Dataset",
    "EndKind",
    "Extension",
    "ExtensionRule",
    "Funding",
    "FundingPart",
    "Kept",
    "LegalCharacter",
    "Level",
    "Municipality",
    "OnLoss",
    "Organisation",
    "Payer",
    "Programme",
    "Provenance",
    "Record",
    "Responsibility",
    "ResponsibilityGroup",
    "Role",
    "Settings",
    "Structure",
    "StructureKind",
    "TargetGroup",
    "Task",
    "TaskField",
    "Traced",
    "Versioned",
]
