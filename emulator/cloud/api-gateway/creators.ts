// emulator/cloud/api-gateway/: REST APIs, as far as a gateway's targets call them.
import type { Creators } from "../creators";
import type { RestApis } from "./rest-apis";

type Kinds = "restApi" | "restApiResource" | "restApiMethod" | "restApiModel" | "restApiDeployment" | "restApiStage";

export function apiGatewayCreators(apis: RestApis): Pick<Creators, Kinds> {
  return {
    restApi: (declaration) => apis.create(declaration),
    restApiResource: ({ restApiId, parentId, pathPart }) => apis.addResource(restApiId, parentId, pathPart),
    restApiMethod(method) {
      apis.addMethod(method);
      return {};
    },
    restApiModel: ({ restApiId, name, schema }) => ({ modelId: apis.addModel(restApiId, name, schema) }),
    restApiDeployment: ({ restApiId }) => ({ deploymentId: apis.deploy(restApiId) }),
    restApiStage: ({ restApiId, stageName, deploymentId }) => apis.addStage(restApiId, stageName, deploymentId),
  };
}
