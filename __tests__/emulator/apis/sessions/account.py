sts, iam, secrets, ecr = client("sts"), client("iam"), client("secretsmanager"), client("ecr")
control = client("bedrock-agentcore-control")

identity = sts.get_caller_identity()
show(identity=[identity["Account"], identity["Arn"]])
show(stsOnly=refusal(sts.get_session_token))
stranger = boto3.client("sts", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="test")
forger = boto3.client("sts", aws_access_key_id="test", aws_secret_access_key="guess")
show(stranger=refusal(stranger.get_caller_identity), forger=refusal(forger.get_caller_identity))

trust = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}
new = dict(RoleName="worker", AssumeRolePolicyDocument=json.dumps(trust))
created = iam.create_role(Path="/team/", Description="for <workers> & more", **new)["Role"]
show(created={key: created[key] for key in ("Arn", "Path", "Description", "AssumeRolePolicyDocument")})
show(taken=refusal(iam.create_role, **new))
show(malformed=refusal(iam.create_role, **{**new, "RoleName": "other", "AssumeRolePolicyDocument": "{"}))
show(badName=refusal(iam.create_role, **{**new, "RoleName": "a/b"}))
show(declared=sorted(role["RoleName"] for role in iam.list_roles()["Roles"]))
pages = list(iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 2}))
show(pages=[len(page["Roles"]) for page in pages], onPath=len(iam.list_roles(PathPrefix="/team/")["Roles"]))
inline = dict(RoleName="worker", PolicyName="logs")
iam.put_role_policy(PolicyDocument=json.dumps(policy), **inline)
show(policy=iam.get_role_policy(**inline)["PolicyDocument"] == policy)
show(policies=iam.list_role_policies(RoleName="worker")["PolicyNames"])
own = iam.create_policy(PolicyName="metrics", Path="/team/", PolicyDocument=json.dumps(policy))["Policy"]
aws_owned = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
for arn in (own["Arn"], aws_owned):
    iam.attach_role_policy(RoleName="worker", PolicyArn=arn)
attached = iam.list_attached_role_policies(RoleName="worker")["AttachedPolicies"]
show(attached=attached, ownPolicy=own["Arn"], policyTaken=refusal(iam.create_policy, PolicyName="metrics", PolicyDocument="{}"))
show(attachments=iam.get_policy(PolicyArn=own["Arn"])["Policy"]["AttachmentCount"])
version = iam.get_policy_version(PolicyArn=own["Arn"], VersionId="v1")["PolicyVersion"]
show(version=version["Document"] == policy, noVersion=refusal(iam.get_policy_version, PolicyArn=own["Arn"], VersionId="v2"))
show(versions=[version["VersionId"] for version in iam.list_policy_versions(PolicyArn=own["Arn"])["Versions"]])
foreign = own["Arn"].replace("metrics", "other")
show(noManaged=refusal(iam.attach_role_policy, RoleName="worker", PolicyArn=foreign))
show(inUse=refusal(iam.delete_policy, PolicyArn=own["Arn"]), attachedStill=refusal(iam.delete_role, RoleName="worker"))
for arn in (own["Arn"], aws_owned):
    iam.detach_role_policy(RoleName="worker", PolicyArn=arn)
show(notAttached=refusal(iam.detach_role_policy, RoleName="worker", PolicyArn=aws_owned))
iam.delete_policy(PolicyArn=own["Arn"])
show(noPolicyAny=refusal(iam.get_policy, PolicyArn=own["Arn"]))
assume = dict(RoleArn=created["Arn"], RoleSessionName="ann")
show(serviceAlone=refusal(sts.assume_role, **assume), noRole=refusal(sts.assume_role, **{**assume, "RoleArn": foreign}))
external = {"StringEquals": {"sts:ExternalId": "id"}}
mine = {**trust["Statement"][0], "Principal": {"AWS": identity["Account"]}, "Condition": external}
iam.update_assume_role_policy(RoleName="worker", PolicyDocument=json.dumps({**trust, "Statement": [mine]}))
lent = sts.assume_role(ExternalId="id", **assume)
show(lent=[lent["AssumedRoleUser"]["Arn"], lent["Credentials"]["AccessKeyId"][:4]], otherId=refusal(sts.assume_role, ExternalId="other", **assume))
show(tooLong=refusal(sts.assume_role, ExternalId="id", DurationSeconds=7200, **assume), sessionPolicy=refusal(sts.assume_role, Policy="{}", **assume))
iam.update_assume_role_policy(RoleName="worker", PolicyDocument=json.dumps({**trust, "Statement": []}))
show(untrusted=iam.get_role(RoleName="worker")["Role"]["AssumeRolePolicyDocument"]["Statement"])
show(occupied=refusal(iam.delete_role, RoleName="worker"))
iam.delete_role_policy(**inline)
show(noPolicy=refusal(iam.get_role_policy, **inline))
iam.delete_role(RoleName="worker")
show(gone=refusal(iam.get_role, RoleName="worker"), users=refusal(iam.list_users))

provider = control.list_oauth2_credential_providers()["credentialProviders"][0]["name"]
arn = control.get_oauth2_credential_provider(name=provider)["clientSecretArn"]["secretArn"]
value = secrets.get_secret_value(SecretId=arn)
show(secret=sorted(json.loads(value["SecretString"])), stages=value["VersionStages"], secretName=value["Name"])
described = secrets.describe_secret(SecretId=value["Name"])
show(owner=described["OwningService"], sameArn=described["ARN"] == arn)
show(noSecret=refusal(secrets.get_secret_value, SecretId="other"))
show(previous=refusal(secrets.get_secret_value, SecretId=arn, VersionStage="AWSPREVIOUS"))
show(noRotation=refusal(secrets.rotate_secret, SecretId=arn))

show(repositories=[repository["repositoryUri"] for repository in ecr.describe_repositories()["repositories"]])
show(noRepository=refusal(ecr.describe_repositories, repositoryNames=["other"]))
