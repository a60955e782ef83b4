// emulator/http/api-gateway/: the API of Amazon API Gateway, for REST APIs of a body or of resources, and the keys to them.
import { restJsonService } from "../protocols/aws-service";
import { deploymentOperations } from "./deployments";
import { methodOperations } from "./methods";
import { modelOperations } from "./models";
import { namedPartOperations } from "./named-parts";
import { resourceOperations } from "./resources";
import { restApiOperations } from "./rest-apis";
import { stageOperations } from "./stages";
import { tagOperations } from "./tags";
import { apiKeyOperations, usagePlanOperations } from "./usage-plans";

/** Amazon API Gateway, `https://apigateway.REGION.amazonaws.com/`. */
export const apiGateway = restJsonService({
  signingName: "apigateway",
  paths: /^\/(restapis|apikeys|usageplans)(\/|$)/,
  operations: ({ restApis, apiKeys, usagePlans }) => [
    ...restApiOperations(restApis),
    ...resourceOperations(restApis),
    ...methodOperations(restApis),
    ...modelOperations(restApis),
    ...namedPartOperations(restApis),
    ...deploymentOperations(restApis),
    ...stageOperations(restApis),
    ...apiKeyOperations(apiKeys, restApis.tags),
    ...usagePlanOperations(usagePlans, restApis.tags),
    ...tagOperations(restApis.tags),
  ],
});
