// emulator/cloud/api-gateway/: REST APIs, as far as a gateway's targets call them.
import type { Creators } from "../creators";
import type { ApiKeys } from "./api-keys";
import { INTEGRATION, METHOD } from "./method-parts";
import type { RestApis } from "./rest-apis";
import type { UsagePlans } from "./usage-plans";

export function apiGatewayCreators(apis: RestApis, keys: ApiKeys, plans: UsagePlans) {
  return {
    restApi: (declaration) => apis.create(declaration),
    restApiResource: ({ restApiId, parentId, pathPart }) => apis.addResource(restApiId, parentId, pathPart),
    restApiMethod({ restApiId, ...method }) {
      METHOD.add(apis.ofParts(restApiId), method, method);
      return {};
    },
    restApiAuthorizer({ restApiId, ...authorizer }) {
      const authorizerId = apis.newId();
      apis.get(restApiId).authorizers.set(authorizerId, authorizer);
      return { authorizerId };
    },
    restApiIntegration({ restApiId, ...method }) {
      INTEGRATION.add(apis.ofParts(restApiId), method, {});
      return {};
    },
    restApiModel: ({ restApiId, ...model }) => ({ modelId: apis.addModel(restApiId, model) }),
    restApiDeployment: ({ restApiId }) => ({ deploymentId: apis.deploy(restApiId) }),
    restApiStage: ({ restApiId, stageName, deploymentId }) => apis.addStage(restApiId, stageName, deploymentId),
    apiKey: (declaration) => keys.create(declaration),
    usagePlan: (declaration) => plans.create(declaration),
    usagePlanKey({ usagePlanId, keyId }) {
      plans.addKey(usagePlanId, keyId);
      return {};
    },
  } satisfies Partial<Creators>;
}
