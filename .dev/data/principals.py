"""Service principals and service-linked roles: harvested from AWS managed policies, completed by hand.

`principals.txt` has tab-separated lines, sorted by principal: principal, where it is seen (words by space, in
the order of PLACES), service-linked role names by space. A role name that ends in `_*` is a prefix: AWS adds a
suffix of its own. A name that the policies give only with a wildcard is its fixed part. The list is not
complete: treat an unknown principal as a hint, never as an error.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from managed import ManagedPolicy, statements, strings
from tsv import joined, line

PLACES = {
    "passed": "a role is passed to it (iam:PassedToService and its like)",
    "linked": "it has a service-linked role (iam:AWSServiceName, role paths)",
    "called": "it calls other services for a caller (aws:CalledVia and its like)",
    "kms": "it uses KMS keys for a caller (kms:ViaService)",
    "organizations": "it has trusted access to an organization (organizations:ServicePrincipal)",
    "other": "elsewhere in a managed policy",
    "known": "well known, added by hand",
}

KEY_PLACES = {
    "iam:passedtoservice": "passed",
    "codeconnections:passedtoservice": "passed",
    "codestar-connections:passedtoservice": "passed",
    "iam:awsservicename": "linked",
    "aws:calledvia": "called",
    "aws:calledviafirst": "called",
    "aws:calledvialast": "called",
    "kms:viaservice": "kms",
    "organizations:serviceprincipal": "organizations",
}
IGNORED_KEY_PREFIXES = ("aws:tagkeys", "aws:resourcetag/", "aws:requesttag/", "aws:viaawsservice")  # Not principals.
MISSPELLED = {"casssandra.application-autoscaling.amazonaws.com"}

PRINCIPAL = re.compile(r"(?<![\w.-])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?(?![\w.-])")
LINKED_ROLE = re.compile(r":role/aws-service-role/([^/*]+?)\*?/(AWSServiceRoleFor\w+\*?)")

KNOWN = """
access-analyzer acm-pca airflow-env apigateway appstream athena autoscaling backup batch batchoperations.s3 bedrock
billingreports budgets build.apprunner chatbot cloudformation cloudfront cloudhsm cloudtrail cloudwatch codebuild
codecommit codedeploy codepipeline codestar-notifications cognito-idp cognito-identity config connect costalerts
credentials.iot datapipeline datasync dax delivery.logs dms dnssec-route53 ds dynamodb ec2 ecs ecs-tasks edgelambda eks
eks-fargate-pods elasticache elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce elastictranscoder
email.cognito-idp emr-serverless es events export.rds firehose fsx gamelift glue greengrass guardduty imagebuilder inspector
iot kafka kafkaconnect kendra kinesis kinesisanalytics kms lakeformation lambda lex lexv2 logger.cloudfront
logging.s3 logs machinelearning macie mediaconvert medialive mediapackage monitoring.rds opensearchservice
opsworks organizations pinpoint pipes pods.eks quicksight ram rds redshift rekognition replicator.lambda robomaker
rolesanywhere route53 route53resolver s3 sagemaker scheduler secretsmanager securityhub serverlessrepo servicecatalog ses
shield sms sns spot spotfleet sqs ssm ssm-incidents states storagegateway support synthetics tasks.apprunner textract
transcribe transfer transitgateway trustedadvisor vpc-flow-logs vpce vpc-lattice wafv2 workspaces xray
""".split()

KNOWN_ROLES = {
    "access-analyzer": "AWSServiceRoleForAccessAnalyzer",
    "autoscaling": "AWSServiceRoleForAutoScaling",
    "batch": "AWSServiceRoleForBatch",
    "cloudtrail": "AWSServiceRoleForCloudTrail",
    "config": "AWSServiceRoleForConfig",
    "custom-resource.application-autoscaling": "AWSServiceRoleForApplicationAutoScaling_CustomResource",
    "dynamodb.application-autoscaling": "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
    "ec2.application-autoscaling": "AWSServiceRoleForApplicationAutoScaling_EC2SpotFleetRequest",
    "ecs": "AWSServiceRoleForECS",
    "ecs.application-autoscaling": "AWSServiceRoleForApplicationAutoScaling_ECSService",
    "eks": "AWSServiceRoleForAmazonEKS",
    "eks-fargate": "AWSServiceRoleForAmazonEKSForFargate",
    "eks-nodegroup": "AWSServiceRoleForAmazonEKSNodegroup",
    "elasticache": "AWSServiceRoleForElastiCache",
    "elasticloadbalancing": "AWSServiceRoleForElasticLoadBalancing",
    "guardduty": "AWSServiceRoleForAmazonGuardDuty",
    "inspector2": "AWSServiceRoleForAmazonInspector2",
    "lambda.application-autoscaling": "AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency",
    "logger.cloudfront": "AWSServiceRoleForCloudFrontLogger",
    "email.cognito-idp": "AWSServiceRoleForAmazonCognitoIdpEmailService",
    "macie": "AWSServiceRoleForAmazonMacie",
    "maintenance.elasticbeanstalk": "AWSServiceRoleForElasticBeanstalkMaintenance",
    "managedupdates.elasticbeanstalk": "AWSServiceRoleForElasticBeanstalkManagedUpdates",
    "ops.apigateway": "AWSServiceRoleForAPIGateway",
    "organizations": "AWSServiceRoleForOrganizations",
    "rds": "AWSServiceRoleForRDS",
    "rds.application-autoscaling": "AWSServiceRoleForApplicationAutoScaling_RDSCluster",
    "redshift": "AWSServiceRoleForRedshift",
    "replication.dynamodb": "AWSServiceRoleForDynamoDBReplication",
    "replicator.lambda": "AWSServiceRoleForLambdaReplicator",
    "securityhub": "AWSServiceRoleForSecurityHub",
    "spot": "AWSServiceRoleForEC2Spot",
    "spotfleet": "AWSServiceRoleForEC2SpotFleet",
    "ssm": "AWSServiceRoleForAmazonSSM",
    "sso": "AWSServiceRoleForSSO",
    "support": "AWSServiceRoleForSupport",
    "transitgateway": "AWSServiceRoleForVPCTransitGateway",
    "trustedadvisor": "AWSServiceRoleForTrustedAdvisor",
}


def harvest(policies: list[ManagedPolicy]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Places and role names by principal: what the policies say, then what is known besides."""
    places: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, set[str]] = defaultdict(set)
    for policy in policies:
        for statement in statements(policy):
            for place, value in located_strings(statement):
                for principal in principals_in(value):
                    places[principal].add(place)
                for principal, role in LINKED_ROLE.findall(value):
                    if principal in places:
                        roles[principal].add(role)
    for name in KNOWN:
        places[f"{name}.amazonaws.com"].add("known")
    for name, role in KNOWN_ROLES.items():
        places[f"{name}.amazonaws.com"] |= {"linked", "known"} if role not in roles[f"{name}.amazonaws.com"] else {"linked"}
        roles[f"{name}.amazonaws.com"].add(role)
    return places, roles


def located_strings(statement: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The strings of a statement that may name a principal, with the place each one stands for."""
    for operator in statement.get("Condition", {}).values():
        for key, value in operator.items():
            if not key.lower().startswith(IGNORED_KEY_PREFIXES):
                yield from ((KEY_PLACES.get(key.lower(), "other"), one) for one in strings(value))
    for element in ("Resource", "NotResource"):
        for one in strings(statement.get(element, [])):
            yield "linked" if ":role/aws-service-role/" in one else "other", one


def principals_in(value: str) -> Iterator[str]:
    """The service principals in a string; wildcards for a Region or at an end are left out."""
    plain = value.replace(".*.", ".")
    return (found for found in PRINCIPAL.findall(plain) if found not in MISSPELLED)


def encode(places: dict[str, set[str]], roles: dict[str, set[str]]) -> str:
    """The whole of `principals.txt`."""
    rows = [
        line(principal, " ".join(place for place in PLACES if place in places[principal]), " ".join(role_names(roles.get(principal, set()))))
        for principal in sorted(places)
    ]
    return joined(rows)


def role_names(names: set[str]) -> list[str]:
    """Role names in order: a pattern gives way to a name that it covers, and keeps its `*` only after `_`."""
    covered = {name for name in names if name.endswith("*") and any(other != name and other.startswith(name[:-1]) for other in names)}
    return sorted(name if name.endswith("_*") else name.rstrip("*") for name in names - covered)
