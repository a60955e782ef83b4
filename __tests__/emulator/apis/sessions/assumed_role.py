# Whoever has assumed a role calls the APIs of each protocol with its credentials, and assumes a further role.
account = boto3.client("sts").get_caller_identity()["Account"]
iam, sts = client("iam"), client("sts")
trust = lambda principal: json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}]})
first = iam.create_role(RoleName="first", AssumeRolePolicyDocument=trust(account))["Role"]
further = {
    "named": iam.create_role(RoleName="named", AssumeRolePolicyDocument=trust(first["Arn"]))["Role"]["Arn"],
    "open": iam.create_role(RoleName="open", AssumeRolePolicyDocument=trust(account))["Role"]["Arn"],
}
iam.update_role(RoleName="open", MaxSessionDuration=7200)
lent = sts.assume_role(RoleArn=first["Arn"], RoleSessionName="ann")["Credentials"]
keys = dict(aws_access_key_id=lent["AccessKeyId"], aws_secret_access_key=lent["SecretAccessKey"], region_name="us-east-1")
assumed = boto3.Session(aws_session_token=lent["SessionToken"], **keys)
identity = assumed.client("sts").get_caller_identity()
show(identity=[identity["Arn"], identity["UserId"] == first["RoleId"] + ":ann", identity["Account"] == account])
show(
    restJson=assumed.client("bedrock-agentcore-control").list_gateways()["items"],
    json=assumed.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"],
    query=len(assumed.client("iam").list_roles()["Roles"]),
    s3=assumed.client("s3").list_buckets()["Buckets"],
    data=refusal(assumed.client("bedrock-agentcore").get_workload_access_token, workloadName="none"),
    function=refusal(assumed.client("lambda").invoke, FunctionName="none"),
)
for name, session in {"withoutToken": boto3.Session(**keys), "otherToken": boto3.Session(aws_session_token="other", **keys)}.items():
    show(**{name: refusal(session.client("sts").get_caller_identity)})
chain = assumed.client("sts")
step = chain.assume_role(RoleArn=further["named"], RoleSessionName="bob")
show(
    chained=step["AssumedRoleUser"]["Arn"],
    administrator=refusal(sts.assume_role, RoleArn=further["named"], RoleSessionName="bob"),
    notAllowed=refusal(chain.assume_role, RoleArn=further["open"], RoleSessionName="bob"),
)
allowed = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": further["open"]}]}
iam.put_role_policy(RoleName="first", PolicyName="assume", PolicyDocument=json.dumps(allowed))
of_open = dict(RoleArn=further["open"], RoleSessionName="bob")
show(
    allowed=chain.assume_role(**of_open)["AssumedRoleUser"]["Arn"],
    chainedTooLong=refusal(chain.assume_role, DurationSeconds=7200, **of_open),
    ofAdministrator=sts.assume_role(DurationSeconds=7200, **of_open)["AssumedRoleUser"]["Arn"],
)
iam.delete_role_policy(RoleName="first", PolicyName="assume")
iam.delete_role(RoleName="first")
show(roleGone=refusal(chain.get_caller_identity), rolesOfGone=refusal(assumed.client("iam").list_roles))
