# A REST API by its OpenAPI and one by its resources, their deployments and stages, until nothing of it is left.
api_gateway = client("apigateway")
tags = {"team": "pets", "stage": "test"}
made = api_gateway.create_rest_api(name="first", endpointConfiguration={"types": ["REGIONAL"]}, tags=tags)
api = dict(restApiId=made["id"])
arn = f"arn:aws:apigateway:us-east-1::/restapis/{made['id']}"
yaml = "openapi: 3.0.1\ninfo: {title: Pets, version: '1', description: All pets}\npaths: {/pets: {get: {operationId: ListPets}}}"
empty = refusal(api_gateway.create_deployment, **api)
put = api_gateway.put_rest_api(mode="overwrite", body=yaml.encode(), **api)
[root] = api_gateway.get_resources(**api)["items"]
show(
    made=[made["name"], made["endpointConfiguration"]["types"], made["apiKeySource"], made["tags"] == tags],
    empty=empty,
    merged=refusal(api_gateway.put_rest_api, body=b"{}", **api),
    noDocument=refusal(api_gateway.put_rest_api, mode="overwrite", body=b"[]", **api),
    parameters=refusal(api_gateway.put_rest_api, mode="overwrite", body=b"{}", parameters={"basepath": "split"}, **api),
    put=[put["name"], put["description"]],
    root=[root["path"], root["id"] == put["rootResourceId"]],
)

replace = lambda path, value: dict(patchOperations=[{"op": "replace", "path": path, "value": value}])
api_gateway.update_rest_api(**replace("/description", "The pets"), **api)
changed = api_gateway.update_rest_api(**replace("/name", "pets"), **api)
deployments = [api_gateway.create_deployment(description=text, **api)["id"] for text in ("one", "two")]
deployment = dict(deploymentId=deployments[0], **api)
api_gateway.update_deployment(**replace("/description", "the first"), **deployment)
stage = dict(stageName="prod", **api)
api_gateway.create_stage(deploymentId=deployments[0], tags={"a": "1"}, **stage)
show(
    changed=[changed["name"], changed["description"]],
    unknownPath=refusal(api_gateway.update_rest_api, **replace("/policy", "{}"), **api),
    listed=[each["name"] for each in api_gateway.get_rest_apis(limit=1)["items"]],
    got=api_gateway.get_rest_api(**api)["createdDate"] == made["createdDate"],
    described=api_gateway.get_deployment(**deployment)["description"],
    twice=refusal(api_gateway.create_stage, deploymentId=deployments[1], **stage),
    noDeployment=refusal(api_gateway.create_stage, restApiId=made["id"], stageName="dev", deploymentId="none"),
    inUse=refusal(api_gateway.delete_deployment, **deployment),
)

api_gateway.update_stage(**replace("/deploymentId", deployments[1]), **stage)
moved = api_gateway.get_stage(**stage)
api_gateway.delete_deployment(**deployment)
api_gateway.tag_resource(resourceArn=arn, tags={"team": "dogs"})
api_gateway.untag_resource(resourceArn=arn, tagKeys=["stage"])
kept = api_gateway.get_tags(resourceArn=arn)["tags"]
api_gateway.delete_stage(**stage)
api_gateway.delete_rest_api(**api)
show(
    moved=[moved["deploymentId"] == deployments[1], moved["tags"]],
    kept=kept,
    gone=refusal(api_gateway.get_rest_api, **api),
    noTags=refusal(api_gateway.get_tags, resourceArn=arn),
)

# Resources, methods and what answers them.
orders = api_gateway.create_rest_api(name="orders")
api = dict(restApiId=orders["id"])
root = orders["rootResourceId"]
parent = api_gateway.create_resource(parentId=root, pathPart="orders", **api)
child = api_gateway.create_resource(parentId=parent["id"], pathPart="{orderId}", **api)
resource = dict(resourceId=child["id"], **api)
method = dict(httpMethod="GET", **resource)
trace = "method.request.header.X-Trace"
patch = lambda *changes: dict(patchOperations=[dict(zip(("op", "path", "value"), each)) for each in changes])
api_gateway.create_model(name="Order", contentType="application/json", schema='{"type": "object"}', **api)
no_methods = refusal(api_gateway.create_deployment, **api)
api_gateway.put_method(authorizationType="NONE", operationName="GetOrder", requestParameters={trace: False}, **method)
no_integration = refusal(api_gateway.create_deployment, **api)
show(
    path=child["path"],
    noParent=refusal(api_gateway.create_resource, parentId="none", pathPart="x", **api),
    pathTwice=refusal(api_gateway.create_resource, parentId=root, pathPart="orders", **api),
    badPath=refusal(api_gateway.create_resource, parentId=root, pathPart="a/b", **api),
    belowItself=refusal(api_gateway.update_resource, resourceId=parent["id"], **patch(("replace", "/parentId", child["id"])), **api),
    rootMoves=refusal(api_gateway.update_resource, resourceId=root, **patch(("replace", "/pathPart", "x")), **api),
    noMethods=no_methods,
    noIntegration=no_integration,
    methodTwice=refusal(api_gateway.put_method, authorizationType="NONE", **method),
    noMethod=refusal(api_gateway.put_integration, type="MOCK", httpMethod="POST", **resource),
    badMethod=refusal(api_gateway.put_method, authorizationType="NONE", httpMethod="FETCH", **resource),
    noIntegrationYet=refusal(api_gateway.put_integration_response, statusCode="200", **method),
    noWay=refusal(api_gateway.put_integration, type="HTTP_PROXY", uri="https://orders.example.com", **method),
    modelTwice=refusal(api_gateway.create_model, name="Order", contentType="application/json", **api),
)

api_gateway.update_method(
    **patch(
        ("replace", "/apiKeyRequired", "true"),
        ("add", "/requestModels/application~1json", "Order"),
        ("replace", "/requestParameters/" + trace, "true"),
        ("add", "/authorizationScopes", "read"),
        ("replace", "/operationName", "ReadOrder"),
    ),
    **method,
)
put = api_gateway.put_integration(type="HTTP", integrationHttpMethod="POST", uri="https://orders.example.com", **method)
api_gateway.update_integration(
    **patch(
        ("replace", "/timeoutInMillis", "500"),
        ("add", "/cacheKeyParameters/" + trace, ""),
        ("add", "/requestTemplates/application~1json", "{}"),
        ("replace", "/tlsConfig/insecureSkipVerification", "true"),
    ),
    **method,
)
status = dict(statusCode="200", **method)
api_gateway.put_method_response(responseParameters={"method.response.header.ETag": True}, **status)
api_gateway.put_integration_response(selectionPattern="2..", **status)
api_gateway.update_method_response(**patch(("add", "/responseModels/application~1json", "Order")), **status)
api_gateway.update_integration_response(**patch(("replace", "/selectionPattern", "200")), **status)
api_gateway.update_model(**patch(("replace", "/description", "An order")), modelName="Order", **api)
api_gateway.update_resource(**patch(("replace", "/pathPart", "{id}")), **resource)
got = api_gateway.get_method(**method)
show(
    method=[got[name] for name in ("apiKeyRequired", "requestModels", "requestParameters", "authorizationScopes", "operationName")],
    ofMethod=[list(got["methodResponses"]), got["methodIntegration"]["uri"]],
    integration=[put[name] for name in ("httpMethod", "timeoutInMillis", "passthroughBehavior")] + [put["cacheNamespace"] == child["id"]],
    integrated={name: value for name, value in api_gateway.get_integration(**method).items() if name in ("timeoutInMillis", "cacheKeyParameters", "requestTemplates", "tlsConfig", "integrationResponses")},
    methodResponse=api_gateway.get_method_response(**status)["responseModels"],
    integrationResponse=api_gateway.get_integration_response(**status)["selectionPattern"],
    responseTwice=refusal(api_gateway.put_method_response, **status),
    noFlag=refusal(api_gateway.update_method, **patch(("replace", "/apiKeyRequired", "perhaps")), **method),
    noPath=refusal(api_gateway.update_method, **patch(("replace", "/uri", "x")), **method),
    noEntry=refusal(api_gateway.update_method, **patch(("add", "/operationName/x", "y")), **method),
    model=api_gateway.get_model(modelName="Order", **api)["description"],
    paths=sorted(each["path"] for each in api_gateway.get_resources(**api)["items"]),
    has=list(api_gateway.get_resource(**resource)["resourceMethods"]),
)

api_gateway.create_deployment(**api)
api_gateway.delete_integration_response(**status)
api_gateway.delete_method_response(**status)
api_gateway.delete_integration(**method)
unanswered = refusal(api_gateway.get_integration, **method)
api_gateway.delete_method(**method)
api_gateway.delete_model(modelName="Order", **api)
api_gateway.delete_resource(resourceId=parent["id"], **api)
left = [each["path"] for each in api_gateway.get_resources(**api)["items"]]
api_gateway.put_rest_api(mode="overwrite", body=yaml.encode(), **api)
show(
    unanswered=unanswered,
    noModel=refusal(api_gateway.get_model, modelName="Order", **api),
    left=left,
    besideBody=refusal(api_gateway.create_resource, parentId=root, pathPart="orders", **api),
)
