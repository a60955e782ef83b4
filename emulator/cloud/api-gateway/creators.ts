// emulator/cloud/api-gateway/: REST APIs, as far as a gateway's targets call them.
import type { Creators } from "../creators";
import { INTEGRATION, METHOD } from "./method-parts";
import type { RestApis } from "./rest-apis";

export function apiGatewayCreators(apis: RestApis) {
  return {
    restApi: (declaration) => apis.create(declaration),
    restApiResource: ({ restApiId, parentId, pathPart }) => apis.addResource(restApiId, parentId, pathPart),
    restApiMethod({ restApiId, ...method }) {
      METHOD.add(apis.ofParts(restApiId), method, method);
      return {};
    },
    restApiIntegration({ restApiId, ...method }) {
      INTEGRATION.add(apis.ofParts(restApiId), method, {});
      return {};
    },
    restApiModel: ({ restApiId, ...model }) => ({ modelId: apis.addModel(restApiId, model) }),
    restApiDeployment: ({ restApiId }) => ({ deploymentId: apis.deploy(restApiId) }),
    restApiStage: ({ restApiId, stageName, deploymentId }) => apis.addStage(restApiId, stageName, deploymentId),
  } satisfies Partial<Creators>;
}
