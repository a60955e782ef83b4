# Keys, the usage plans that have them, authorizers, validators and the settings of a stage, until nothing is left.
api_gateway = client("apigateway")
patch = lambda *changes: dict(patchOperations=[dict(zip(("op", "path", "value"), each)) for each in changes])
api = dict(restApiId=api_gateway.create_rest_api(name="pets")["id"])
api_gateway.put_rest_api(mode="overwrite", body=b"openapi: 3.0.1\ninfo: {title: Pets, version: '1'}\npaths: {}", **api)
deployment = api_gateway.create_deployment(**api)["id"]
stage = dict(stageName="prod", **api)
api_gateway.create_stage(deploymentId=deployment, **stage)

key = api_gateway.create_api_key(name="mine", description="First", enabled=True, tags={"team": "pets"})
value = "0123456789abcdefghij"
other = api_gateway.create_api_key(name="other", value=value)
by_key = dict(apiKey=key["id"])
api_gateway.update_api_key(**patch(("replace", "/enabled", "false"), ("replace", "/description", "Second")), **by_key)
got = api_gateway.get_api_key(includeValue=True, **by_key)
show(
    key=[len(key["value"]), key["enabled"], key["tags"]],
    twice=refusal(api_gateway.create_api_key, value=value),
    short=refusal(api_gateway.create_api_key, value="short"),
    got=[got["value"] == key["value"], got["enabled"], got["description"]],
    hidden="value" in api_gateway.get_api_key(**by_key),
    keys=[each["name"] for each in api_gateway.get_api_keys(nameQuery="ot")["items"]],
    noKey=refusal(api_gateway.get_api_key, apiKey="none"),
    keyPath=refusal(api_gateway.update_api_key, **patch(("replace", "/value", value)), **by_key),
)

where = dict(apiId=api["restApiId"], stage="prod")
plan = api_gateway.create_usage_plan(name="gold", apiStages=[where], throttle={"burstLimit": 5, "rateLimit": 1.5}, tags={"a": "1"})
by_plan = dict(usagePlanId=plan["id"])
listed = f"{where['apiId']}:prod"
changed = api_gateway.update_usage_plan(
    **patch(
        ("remove", "/apiStages", listed),
        ("replace", "/name", "silver"),
        ("add", "/quota/limit", "100"),
        ("add", "/quota/period", "DAY"),
        ("remove", "/throttle"),
        ("replace", "/productCode", "p1"),
    ),
    **by_plan,
)
back = api_gateway.update_usage_plan(**patch(("add", "/apiStages", listed)), **by_plan)
added = api_gateway.create_usage_plan_key(keyId=key["id"], keyType="API_KEY", **by_plan)
show(
    plan=[plan["apiStages"] == [where], plan["throttle"], plan["tags"]],
    changed=[changed["name"], changed["apiStages"], changed["quota"], changed.get("throttle"), changed["productCode"]],
    back=[back["apiStages"] == [where], api_gateway.get_usage_plan(**by_plan)["name"]],
    noStage=refusal(api_gateway.create_usage_plan, name="x", apiStages=[{**where, "stage": "dev"}]),
    methodThrottle=refusal(api_gateway.update_usage_plan, **patch(("replace", f"/apiStages/{listed}/throttle/~1pets~1GET/rateLimit", "1")), **by_plan),
    added=[added["type"], added["name"], added["value"] == key["value"]],
    addedTwice=refusal(api_gateway.create_usage_plan_key, keyId=key["id"], keyType="API_KEY", **by_plan),
    ofPlan=[each["name"] for each in api_gateway.get_usage_plan_keys(**by_plan)["items"]],
    one=api_gateway.get_usage_plan_key(keyId=key["id"], **by_plan)["name"],
    notOfPlan=refusal(api_gateway.get_usage_plan_key, keyId=other["id"], **by_plan),
    plansOfKey=[each["name"] for each in api_gateway.get_usage_plans(keyId=key["id"])["items"]],
    inUse=refusal(api_gateway.delete_usage_plan, **by_plan),
)

pool = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abcdefghi"
authorizer = api_gateway.create_authorizer(name="people", type="COGNITO_USER_POOLS", providerARNs=[pool], **api)
by_authorizer = dict(authorizerId=authorizer["id"], **api)
api_gateway.update_authorizer(**patch(("replace", "/authorizerResultTtlInSeconds", "0"), ("add", "/providerARNs", pool + "2")), **by_authorizer)
validator = api_gateway.create_request_validator(name="body", validateRequestBody=True, **api)
by_validator = dict(requestValidatorId=validator["id"], **api)
api_gateway.update_request_validator(**patch(("replace", "/validateRequestParameters", "true")), **by_validator)
seen = api_gateway.get_authorizer(**by_authorizer)
show(
    authorizer=[authorizer["authorizerResultTtlInSeconds"], seen["authorizerResultTtlInSeconds"], seen["providerARNs"] == [pool, pool + "2"]],
    authorizers=len(api_gateway.get_authorizers(**api)["items"]),
    validator={name: value for name, value in api_gateway.get_request_validator(**by_validator).items() if name.startswith("validate")},
    validators=len(api_gateway.get_request_validators(**api)["items"]),
    badType=refusal(api_gateway.create_authorizer, name="x", type="JWT", **api),
)

api_gateway.update_stage(
    **patch(
        ("replace", "/*/*/metrics/enabled", "true"),
        ("replace", "/pets/{petId}/GET/throttling/rateLimit", "2.5"),
        ("replace", "/tracingEnabled", "true"),
        ("replace", "/variables/colour", "blue"),
        ("replace", "/accessLogSettings/format", "$context.requestId"),
    ),
    **stage,
)
set_up = api_gateway.get_stage(**stage)
api_gateway.update_stage(**patch(("remove", "/*/*"), ("remove", "/accessLogSettings")), **stage)
cleared = api_gateway.get_stage(**stage)
show(
    settings={name: [each["metricsEnabled"], each["throttlingRateLimit"]] for name, each in set_up["methodSettings"].items()},
    stage=[set_up["tracingEnabled"], set_up["variables"], set_up["accessLogSettings"]],
    cleared=[list(cleared["methodSettings"]), cleared.get("accessLogSettings")],
    badLevel=refusal(api_gateway.update_stage, **patch(("replace", "/*/*/logging/loglevel", "LOUD")), **stage),
    badSetting=refusal(api_gateway.update_stage, **patch(("replace", "/*/*/logging/colour", "x")), **stage),
)

api_gateway.delete_usage_plan_key(keyId=key["id"], **by_plan)
api_gateway.update_usage_plan(**patch(("remove", "/apiStages", listed)), **by_plan)
api_gateway.delete_usage_plan(**by_plan)
for each in (key, other):
    api_gateway.delete_api_key(apiKey=each["id"])
api_gateway.delete_authorizer(**by_authorizer)
api_gateway.delete_request_validator(**by_validator)
show(
    left=[len(api_gateway.get_api_keys()["items"]), len(api_gateway.get_usage_plans()["items"])],
    gone=[refusal(api_gateway.get_usage_plan, **by_plan), refusal(api_gateway.get_authorizer, **by_authorizer), refusal(api_gateway.delete_request_validator, **by_validator)],
)
