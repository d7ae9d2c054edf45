"""Reads an environment with boto3 and prints what it found as one JSON document.

The first argument is the name of the root stack. Everything that it makes, it removes again.
"""

import base64
import hashlib
import json
import sys
import zlib

import boto3
from botocore.exceptions import ClientError, WaiterError

QUICK = {"Delay": 1, "MaxAttempts": 20}
TEMPLATE = """
Resources:
  Note:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: !Ref AWS::StackName}
Outputs:
  Note: {Value: !Ref Note}
"""

root = sys.argv[1]
cloudformation = boto3.client("cloudformation")


def pages(client, operation, member, **arguments):
    paginator = client.get_paginator(operation)
    return [item for page in paginator.paginate(**arguments) for item in page[member]]


def refusal(call, *kinds, **arguments):
    """The code of the error that a call ends with, caught as one of the client's own classes."""
    try:
        call(**arguments)
    except kinds as error:
        return {"class": type(error).__name__, "code": error.response["Error"]["Code"]}
    return None


def stacks():
    cloudformation.get_waiter("stack_exists").wait(StackName=root, WaiterConfig=QUICK)
    found = boto3.resource("cloudformation").Stack(root)
    rows = pages(cloudformation, "list_stack_resources", "StackResourceSummaries", StackName=root)
    names = [root] + [row["PhysicalResourceId"] for row in rows]
    return {
        "outputs": {output["OutputKey"]: output["OutputValue"] for output in found.outputs},
        "status": {
            stack.name: stack.stack_status for stack in map(boto3.resource("cloudformation").Stack, names)
        },
        "events": {
            name: [event["EventId"] for event in pages(cloudformation, "describe_stack_events", "StackEvents", StackName=name)]
            for name in names
        },
        "rows": {
            name: {
                row["LogicalResourceId"]: row["ResourceStatus"]
                for row in pages(cloudformation, "list_stack_resources", "StackResourceSummaries", StackName=name)
            }
            for name in names
        },
    }


def services():
    ecs = boto3.client("ecs")
    found = []
    for cluster in pages(ecs, "list_clusters", "clusterArns"):
        arns = pages(ecs, "list_services", "serviceArns", cluster=cluster, PaginationConfig={"PageSize": 3})
        ecs.get_waiter("services_stable").wait(cluster=cluster, services=arns, WaiterConfig=QUICK)
        for service in ecs.describe_services(cluster=cluster, services=arns)["services"]:
            found.append([service["serviceName"], service["desiredCount"], service["runningCount"]])
    return sorted(found)


def targets():
    balancing = boto3.client("elbv2")
    found = {}
    for group in pages(balancing, "describe_target_groups", "TargetGroups", PaginationConfig={"PageSize": 1}):
        arn = group["TargetGroupArn"]
        balancing.get_waiter("target_in_service").wait(TargetGroupArn=arn, WaiterConfig=QUICK)
        health = balancing.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
        found[group["TargetGroupName"]] = [
            [target["Target"]["Id"], target["Target"]["Port"], target["TargetHealth"]["State"]] for target in health
        ]
    return found


def small_pages():
    """The same lists in pages of one or two and in one; and how many pages the small ones took."""
    logs, ecs, balancing = boto3.client("logs"), boto3.client("ecs"), boto3.client("elbv2")
    cluster = pages(ecs, "list_clusters", "clusterArns")[0]
    found = {}
    for client, operation, member, arguments in [
        (logs, "describe_log_groups", "logGroups", {}),
        (ecs, "list_services", "serviceArns", {"cluster": cluster}),
        (ecs, "list_tasks", "taskArns", {"cluster": cluster}),
        (ecs, "list_task_definitions", "taskDefinitionArns", {}),
        (balancing, "describe_target_groups", "TargetGroups", {}),
        (boto3.client("ec2"), "describe_subnets", "Subnets", {}),
        (boto3.client("secretsmanager"), "list_secrets", "SecretList", {}),
        (boto3.client("resourcegroupstaggingapi"), "get_resources", "ResourceTagMappingList", {}),
    ]:
        size = {"describe_subnets": 5}.get(operation, 2)
        paginator = client.get_paginator(operation)
        parts = [page[member] for page in paginator.paginate(PaginationConfig={"PageSize": size}, **arguments)]
        joined = [json.dumps(item, default=str) for part in parts for item in part]
        at_once = [json.dumps(item, default=str) for item in pages(client, operation, member, **arguments)]
        found[operation] = {
            "same": sorted(joined) == sorted(at_once),
            "once": len(set(joined)) == len(joined),
            "full": all(len(part) == size for part in parts[:-1]),
            "several": len(parts) > 1,
        }
    return found


def waited():
    """Waiters for what is there already, and how one ends for what never comes."""
    ecs, balancing, client = boto3.client("ecs"), boto3.client("elbv2"), boto3.client("s3")
    cluster = pages(ecs, "list_clusters", "clusterArns")[0]
    tasks = pages(ecs, "list_tasks", "taskArns", cluster=cluster)
    ecs.get_waiter("tasks_running").wait(cluster=cluster, tasks=tasks, WaiterConfig=QUICK)
    balancing.get_waiter("load_balancer_available").wait(WaiterConfig=QUICK)
    cloudformation.get_waiter("stack_create_complete").wait(StackName=root, WaiterConfig=QUICK)
    bucket = client.list_buckets()["Buckets"][0]["Name"]
    client.get_waiter("bucket_exists").wait(Bucket=bucket, WaiterConfig=QUICK)
    try:
        never = {"Delay": 0, "MaxAttempts": 2}
        client.get_waiter("object_exists").wait(Bucket=bucket, Key="absent", WaiterConfig=never)
    except WaiterError as error:
        return error.kwargs["reason"]
    return None


def own_stack():
    """A stack of its own, from creation to deletion, through waiters."""
    name = "conformance-of-boto3"
    parameters = boto3.client("ssm")
    identity = cloudformation.create_stack(StackName=name, TemplateBody=TEMPLATE)["StackId"]
    cloudformation.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig=QUICK)
    note = boto3.resource("cloudformation").Stack(name).outputs[0]["OutputValue"]
    value = parameters.get_parameter(Name=note)["Parameter"]["Value"]
    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=QUICK)
    gone = cloudformation.describe_stacks(StackName=identity)["Stacks"][0]
    return {
        "value": value,
        "status": gone["StackStatus"],
        "deleted": gone["DeletionTime"] >= gone["CreationTime"],
        "parameter": refusal(parameters.get_parameter, parameters.exceptions.ParameterNotFound, Name=note),
    }


def objects():
    """Objects with the checksums that boto3 sends and compares of itself, and with one that it is told to."""
    client = boto3.client("s3")
    bucket = boto3.resource("s3").create_bucket(
        Bucket="conformance-of-boto3", CreateBucketConfiguration={"LocationConstraint": client.meta.region_name}
    )
    bucket.wait_until_exists()
    body = bytes(range(256)) * 40
    put = client.put_object(Bucket=bucket.name, Key="a/bytes", Body=body, Metadata={"made-by": "boto3"})
    told = client.put_object(Bucket=bucket.name, Key="told", Body=body, ChecksumAlgorithm="SHA256")
    for number in range(5):
        bucket.put_object(Key=f"b/{number}", Body=str(number).encode())
    got = client.get_object(Bucket=bucket.name, Key="a/bytes", ChecksumMode="ENABLED")
    crc32 = base64.b64encode(zlib.crc32(body).to_bytes(4, "big")).decode()
    sha256 = base64.b64encode(hashlib.sha256(body).digest()).decode()
    result = {
        "same": got["Body"].read() == body,
        "metadata": got["Metadata"],
        "crc32": [put["ChecksumCRC32"] == crc32, got["ChecksumCRC32"] == crc32],
        "sha256": told["ChecksumSHA256"] == sha256,
        "range": client.get_object(Bucket=bucket.name, Key="a/bytes", Range="bytes=1-3")["Body"].read().hex(),
        "wrong": refusal(
            client.put_object, ClientError, Bucket=bucket.name, Key="x", Body=body, ChecksumCRC32="AAAAAA=="
        ),
        "listed": [
            item["Key"]
            for item in pages(client, "list_objects_v2", "Contents", Bucket=bucket.name, PaginationConfig={"PageSize": 2})
        ],
        "full": refusal(bucket.delete, ClientError),
        "missing": refusal(client.get_object, client.exceptions.NoSuchKey, Bucket=bucket.name, Key="absent"),
    }
    bucket.objects.all().delete()
    result["left"] = [item.key for item in bucket.objects.all()]
    bucket.delete()
    bucket.wait_until_not_exists()
    result["gone"] = refusal(client.list_objects_v2, client.exceptions.NoSuchBucket, Bucket=bucket.name)
    return result


def refusals():
    ecs, secrets, ecr = boto3.client("ecs"), boto3.client("secretsmanager"), boto3.client("ecr")
    logs, balancing = boto3.client("logs"), boto3.client("elbv2")
    found = {
        "cluster": refusal(ecs.list_services, ecs.exceptions.ClusterNotFoundException, cluster="absent"),
        "secret": refusal(secrets.get_secret_value, secrets.exceptions.ResourceNotFoundException, SecretId="absent"),
        "repository": refusal(ecr.describe_images, ecr.exceptions.RepositoryNotFoundException, repositoryName="absent"),
        "logGroup": refusal(logs.filter_log_events, logs.exceptions.ResourceNotFoundException, logGroupName="absent"),
        "loadBalancer": refusal(
            balancing.describe_load_balancers, balancing.exceptions.LoadBalancerNotFoundException, Names=["absent"]
        ),
        "existingStack": refusal(
            cloudformation.create_stack,
            cloudformation.exceptions.AlreadyExistsException,
            StackName=root,
            TemplateBody='{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}',
        ),
        "changeSet": refusal(
            cloudformation.describe_change_set,
            cloudformation.exceptions.ChangeSetNotFoundException,
            StackName=root,
            ChangeSetName="absent",
        ),
        "stack": refusal(cloudformation.describe_stacks, ClientError, StackName="absent"),
    }
    try:
        cloudformation.get_waiter("stack_exists").wait(StackName="absent", WaiterConfig={"Delay": 0, "MaxAttempts": 2})
    except WaiterError as error:
        found["waiter"] = error.kwargs["reason"]
    return found


json.dump(
    {
        "account": boto3.client("sts").get_caller_identity()["Account"],
        "boto3": boto3.__version__,
        "stacks": stacks(),
        "services": services(),
        "targets": targets(),
        "smallPages": small_pages(),
        "waited": waited(),
        "ownStack": own_stack(),
        "objects": objects(),
        "refusals": refusals(),
    },
    sys.stdout,
)
