# A REST API by its OpenAPI, its deployments and stages, until nothing of it is left.
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
