// emulator/http/api-gateway/: the API of Amazon API Gateway, for REST APIs of a body or of resources.
import { restJsonService } from "../protocols/aws-service";
import { deploymentOperations } from "./deployments";
import { methodOperations } from "./methods";
import { modelOperations } from "./models";
import { resourceOperations } from "./resources";
import { restApiOperations } from "./rest-apis";
import { stageOperations } from "./stages";
import { tagOperations } from "./tags";

/** Amazon API Gateway, `https://apigateway.REGION.amazonaws.com/`. */
export const apiGateway = restJsonService({
  signingName: "apigateway",
  paths: /^\/restapis(\/|$)/,
  operations: ({ restApis }) => [
    ...restApiOperations(restApis),
    ...resourceOperations(restApis),
    ...methodOperations(restApis),
    ...modelOperations(restApis),
    ...deploymentOperations(restApis),
    ...stageOperations(restApis),
    ...tagOperations(restApis.tags),
  ],
});
