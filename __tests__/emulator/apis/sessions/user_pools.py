cognito = client("cognito-idp")
policy = {"PasswordPolicy": {"MinimumLength": 10, "RequireUppercase": True}}
schema = [{"Name": "email", "AttributeDataType": "String", "Required": True}]
created = cognito.create_user_pool(
    PoolName="people", Policies=policy, AutoVerifiedAttributes=["email"], Schema=schema, DeletionProtection="ACTIVE"
)["UserPool"]
pool = dict(UserPoolId=created["Id"])
show(created=created, listed=[found["Name"] for found in cognito.list_user_pools(MaxResults=60)["UserPools"]])
function = "arn:aws:lambda:us-east-1:123456789012:function:f"
triggered = cognito.create_user_pool(
    PoolName="x", LambdaConfig={"PreTokenGeneration": function, "PreSignUp": function}, AliasAttributes=["email"]
)["UserPool"]
aliased = dict(UserPoolId=triggered["Id"])
verified = [{"Name": "email", "Value": "ann@example.com"}, {"Name": "email_verified", "Value": "true"}]
cognito.admin_create_user(Username="ann", UserAttributes=verified, **aliased)
show(
    triggers=triggered["LambdaConfig"],
    byAlias=cognito.admin_get_user(Username="ann@example.com", **aliased)["Username"],
    aliasAsName=refusal(cognito.admin_create_user, Username="bob@example.com", **aliased),
    aliasTaken=refusal(cognito.admin_create_user, Username="bob", UserAttributes=verified, **aliased),
    tier=refusal(
        cognito.create_user_pool,
        PoolName="y",
        UserPoolTier="LITE",
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
    ),
    requiredCustom=refusal(cognito.create_user_pool, PoolName="y", Schema=[{"Name": "tenant", "Required": True}]),
)
cognito.admin_create_user(Username="bob", UserAttributes=verified, ForceAliasCreation=True, **aliased)
show(movedAlias=cognito.admin_get_user(Username="ann@example.com", **aliased)["Username"])
cognito.create_user_pool_domain(
    Domain="auth.example.com",
    CustomDomainConfig={"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/x"},
    **aliased
)
custom = cognito.describe_user_pool_domain(Domain="auth.example.com")["DomainDescription"]
show(customDomain=[custom["Status"], custom["CustomDomainConfig"]["CertificateArn"][-1]])
cognito.delete_user_pool_domain(Domain="auth.example.com", **aliased)
cognito.delete_user_pool(**aliased)
show(badPolicy=refusal(cognito.create_user_pool, PoolName="x", Policies={"PasswordPolicy": {"MinimumLength": 100}}))
show(protected=refusal(cognito.delete_user_pool, **pool))
cognito.update_user_pool(
    AutoVerifiedAttributes=["email"], AdminCreateUserConfig={"AllowAdminCreateUserOnly": True}, **pool
)
show(updated=cognito.describe_user_pool(**pool)["UserPool"])

prefix = values["domain"]
show(noDomain=cognito.describe_user_pool_domain(Domain=prefix)["DomainDescription"])
cognito.create_user_pool_domain(Domain=prefix, **pool)
show(domain=cognito.describe_user_pool_domain(Domain=prefix)["DomainDescription"])
show(secondDomain=refusal(cognito.create_user_pool_domain, Domain="other-one", **pool))

server = dict(Identifier="mcp", Name="MCP", Scopes=[{"ScopeName": "read", "ScopeDescription": "May read"}], **pool)
show(server=cognito.create_resource_server(**server)["ResourceServer"])
show(takenServer=refusal(cognito.create_resource_server, **server))
cognito.update_resource_server(**{**server, "Name": "Renamed"})
show(servers=[found["Name"] for found in cognito.list_resource_servers(MaxResults=50, **pool)["ResourceServers"]])
show(noServer=refusal(cognito.describe_resource_server, Identifier="other", **pool))

machine = cognito.create_user_pool_client(
    ClientName="machine",
    GenerateSecret=True,
    AllowedOAuthFlows=["client_credentials"],
    AllowedOAuthScopes=["mcp/read"],
    AllowedOAuthFlowsUserPoolClient=True,
    AccessTokenValidity=15,
    TokenValidityUnits={"AccessToken": "minutes"},
    CallbackURLs=["https://localhost/callback"],
    **pool
)["UserPoolClient"]
show(machine=machine, secretLength=len(machine["ClientSecret"]))
show(noScope=refusal(cognito.create_user_pool_client, ClientName="x", AllowedOAuthScopes=["mcp/write"], **pool))
one = dict(ClientId=machine["ClientId"], **pool)
updated = cognito.update_user_pool_client(ClientName="renamed", **one)["UserPoolClient"]
show(
    replaced={
        key: updated.get(key) for key in ("ClientName", "AllowedOAuthFlows", "CallbackURLs", "AccessTokenValidity")
    }
)
show(secretStays=updated["ClientSecret"] == machine["ClientSecret"])
cognito.create_user_pool_client(ClientName="second", **pool)
pages = list(cognito.get_paginator("list_user_pool_clients").paginate(PaginationConfig={"PageSize": 1}, **pool))
show(clients=[[found["ClientName"] for found in page["UserPoolClients"]] for page in pages])
cognito.delete_user_pool_client(**one)
show(noClient=refusal(cognito.describe_user_pool_client, **one))

cognito.update_user_pool(DeletionProtection="INACTIVE", **pool)
show(withDomain=refusal(cognito.delete_user_pool, **pool))
cognito.delete_user_pool_domain(Domain=prefix, **pool)
cognito.delete_user_pool(**pool)
show(gone=refusal(cognito.describe_user_pool, **pool), notOffered=refusal(cognito.list_user_import_jobs, MaxResults=1, **pool))
