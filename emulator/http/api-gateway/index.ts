// emulator/http/api-gateway/: the API of Amazon API Gateway, for REST APIs of a body or of resources.
import { apiHost } from "../../../aws/hosts";
import { ApiHost } from "../protocols/api-host";
import { restJsonHandler } from "../protocols/aws-rest-json";
import type { AwsService } from "../protocols/aws-service";
import { deploymentOperations } from "./deployments";
import { methodOperations } from "./methods";
import { modelOperations } from "./models";
import { resourceOperations } from "./resources";
import { restApiOperations } from "./rest-apis";
import { stageOperations } from "./stages";
import { tagOperations } from "./tags";

const SIGNING_NAME = "apigateway";

/** Amazon API Gateway, `https://apigateway.REGION.amazonaws.com/`. */
export const apiGateway: AwsService = {
  host: (region) => apiHost(SIGNING_NAME, region),
  isMeantBy: ({ signedFor, pathname }) => signedFor === SIGNING_NAME || /^\/restapis(\/|$)/.test(pathname),
  open({ environment, restApis, journal }) {
    const { region, random } = environment;
    const operations = [
      ...restApiOperations(restApis),
      ...resourceOperations(restApis),
      ...methodOperations(restApis),
      ...modelOperations(restApis),
      ...deploymentOperations(restApis),
      ...stageOperations(restApis),
      ...tagOperations(restApis.tags),
    ];
    const service = { signingName: SIGNING_NAME, region, operations, requestId: () => random.uuid(), journal };
    return new ApiHost(apiGateway.host(region), restJsonHandler(service));
  },
};
