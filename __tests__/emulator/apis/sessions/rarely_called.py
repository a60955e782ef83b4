# Operations that neither Terraform nor the article's session calls, by what becomes of the resources.
cognito = client("cognito-idp")
pool = dict(UserPoolId=cognito.create_user_pool(PoolName="rare")["UserPool"]["Id"])
cognito.add_custom_attributes(CustomAttributes=[{"Name": "tenant", "AttributeDataType": "String"}], **pool)
schema = cognito.describe_user_pool(**pool)["UserPool"]["SchemaAttributes"]
google = {"client_id": "g", "client_secret": "hush", "authorize_scopes": "openid"}
provider = dict(ProviderName="Google", ProviderType="Google", ProviderDetails=google, IdpIdentifiers=["example.com"])
cognito.create_identity_provider(**provider, **pool)
found = cognito.get_identity_provider_by_identifier(IdpIdentifier="example.com", **pool)["IdentityProvider"]
cognito.admin_create_user(Username="ann", **pool)
cognito.set_user_pool_mfa_config(
    MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}, **pool
)
cognito.admin_set_user_mfa_preference(Username="ann", SoftwareTokenMfaSettings={"Enabled": False}, **pool)
show(
    custom=[attribute["Name"] for attribute in schema if attribute["Name"].startswith("custom:")],
    identityProvider=[found["ProviderName"], found["AttributeMapping"]],
    identityProviders=[listed["ProviderType"] for listed in cognito.list_identity_providers(**pool)["Providers"]],
    providerTaken=refusal(cognito.create_identity_provider, **provider, **pool),
    noProvider=refusal(cognito.describe_identity_provider, ProviderName="Okta", **pool),
)
cognito.delete_user_pool(**pool)

ecr = client("ecr")
ecr.create_repository(repositoryName="rare", imageTagMutability="IMMUTABLE")
rare = dict(repositoryName="rare")
pushed = ecr.put_image(imageManifest='{"schemaVersion": 2}', imageTag="1", **rare)["image"]["imageId"]
show(
    pushed=pushed["imageDigest"].startswith("sha256:"),
    pushedTwice=refusal(ecr.put_image, imageManifest='{"schemaVersion": 2}', imageTag="1", **rare),
    immutable=refusal(ecr.put_image, imageManifest='{"schemaVersion": 1}', imageTag="1", **rare),
    noManifest=refusal(ecr.put_image, imageManifest="none", **rare),
    listed=ecr.list_images(**rare)["imageIds"] == [pushed],
    got=[len(ecr.batch_get_image(imageIds=[pushed, {"imageTag": "2"}], **rare)[part]) for part in ("images", "failures")],
    noImage=refusal(ecr.describe_images, imageIds=[{"imageTag": "2"}], **rare),
    notEmpty=refusal(ecr.delete_repository, **rare),
    removed=ecr.batch_delete_image(imageIds=[pushed], **rare)["imageIds"] == [pushed],
)
ecr.delete_repository(**rare)

iam = client("iam")
trust = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}'
allow = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
role = dict(RoleName="rare")
iam.create_role(AssumeRolePolicyDocument=trust, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}], **role)
policy = dict(PolicyArn=iam.create_policy(PolicyName="rare", PolicyDocument=allow, Tags=[{"Key": "a", "Value": "1"}])["Policy"]["Arn"])
iam.update_role_description(Description="changed", **role)
iam.put_role_permissions_boundary(PermissionsBoundary=policy["PolicyArn"], **role)
iam.untag_role(TagKeys=["a"], **role)
bounded = iam.get_role(**role)["Role"]
iam.delete_role_permissions_boundary(**role)
iam.create_policy_version(PolicyDocument=allow, **policy)
iam.set_default_policy_version(VersionId="v2", **policy)
iam.attach_role_policy(**role, **policy)
entities = iam.list_entities_for_policy(**policy)
iam.untag_policy(TagKeys=["a"], **policy)
show(
    bounded=[bounded["Description"], bounded["PermissionsBoundary"]["PermissionsBoundaryArn"] == policy["PolicyArn"]],
    roleTags=iam.list_role_tags(**role)["Tags"],
    policyTags=iam.list_policy_tags(**policy)["Tags"],
    default=[found["DefaultVersionId"] for found in iam.list_policies(Scope="Local")["Policies"] if found["PolicyName"] == "rare"],
    attachedTo=[found["RoleName"] for found in entities["PolicyRoles"]],
)

logs = client("logs")
group = dict(logGroupName="rare")
key = "arn:aws:kms:us-east-1:123456789012:key/0d9f6a4c-0000-4000-8000-000000000000"
logs.create_log_group(**group)
logs.put_retention_policy(retentionInDays=7, **group)
logs.delete_retention_policy(**group)
logs.associate_kms_key(kmsKeyId=key, **group)
encrypted = logs.describe_log_groups(logGroupNamePrefix="rare")["logGroups"][0]
logs.disassociate_kms_key(**group)
plain_again = logs.describe_log_groups(logGroupNamePrefix="rare")["logGroups"][0]
runtime = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/x-0123456789"
logs.put_delivery_source(name="rare", resourceArn=runtime, logType="APPLICATION_LOGS")
destination = logs.put_delivery_destination(
    name="rare", deliveryDestinationConfiguration={"destinationResourceArn": encrypted["arn"]}
)["deliveryDestination"]["arn"]
nowhere = {"destinationResourceArn": "arn:aws:constructor:us-east-1:123456789012:x"}
show(undeliverable=refusal(logs.put_delivery_destination, name="rare", deliveryDestinationConfiguration=nowhere))
delivery = logs.create_delivery(deliverySourceName="rare", deliveryDestinationArn=destination)["delivery"]["id"]
logs.update_delivery_configuration(id=delivery, recordFields=["resource_arn"])
show(
    encrypted=[encrypted.get("kmsKeyId") == key, "retentionInDays" in encrypted, "kmsKeyId" in plain_again],
    sources=[found["name"] for found in logs.describe_delivery_sources()["deliverySources"]],
    destinations=[found["name"] for found in logs.describe_delivery_destinations()["deliveryDestinations"]],
    deliveries=[found["recordFields"] for found in logs.describe_deliveries()["deliveries"]],
)

secrets = client("secretsmanager")
secret = dict(SecretId=secrets.create_secret(Name="rare", SecretString="1")["ARN"])
secrets.put_secret_value(SecretString="2", **secret)
secrets.delete_secret(**secret)
show(deleted=refusal(secrets.get_secret_value, **secret))
secrets.restore_secret(**secret)
show(
    restored=secrets.get_secret_value(**secret)["SecretString"],
    secrets=[found["Name"] for found in secrets.list_secrets()["SecretList"]],
    versions=sorted(stage for found in secrets.list_secret_version_ids(**secret)["Versions"] for stage in found["VersionStages"]),
)

control = client("bedrock-agentcore-control")
engine = dict(policyEngineId=control.create_policy_engine(name="rare", description="first")["policyEngineId"])
control.update_policy_engine(description={"optionalValue": "changed"}, **engine)
gateway = 'AgentCore::Gateway::"arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/rare-0123456789"'
statement = lambda effect: {"cedar": {"statement": f"{effect}(principal, action, resource == {gateway});"}}
policy = dict(
    policyId=control.create_policy(name="everybody", definition=statement("permit"), **engine)["policyId"], **engine
)
control.update_policy(definition=statement("forbid"), **policy)
show(
    engines=[found["name"] for found in control.list_policy_engines()["policyEngines"]],
    engine=control.get_policy_engine(**engine)["description"],
    policies=[found["name"] for found in control.list_policies(**engine)["policies"]],
    effect=control.get_policy(**policy)["definition"]["cedar"]["statement"].partition("(")[0],
)
control.delete_policy(**policy)
control.delete_policy_engine(**engine)
show(enginesLeft=control.list_policy_engines()["policyEngines"])
