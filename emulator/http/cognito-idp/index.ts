// emulator/http/cognito-idp/: the API of Cognito user pools.
import type { Cognito } from "../../cloud/cognito/cognito";
import type { Journal } from "../../cloud/journal";
import type { Random } from "../../cloud/random";
import { awsJsonHandler, type FetchHandler } from "../protocols/aws-json";
import type { Sessions } from "../protocols/sigv4";
import { appearanceAndRiskOperations } from "./appearance-and-risk";
import { groupOperations } from "./groups";
import { identityProviderOperations } from "./identity-providers";
import { mfaOperations } from "./mfa";
import { resourceServerOperations } from "./resource-servers";
import { selfServiceOperations } from "./self-service";
import { signInOperations } from "./sign-in";
import { signUpOperations } from "./sign-up";
import { tagOperations } from "./tags";
import { userPoolClientOperations } from "./user-pool-clients";
import { userPoolDomainOperations } from "./user-pool-domains";
import { userPoolOperations } from "./user-pools";
import { userOperations } from "./users";

/** What comes before the operation in `X-Amz-Target`. */
export const COGNITO_TARGET = "AWSCognitoIdentityProviderService";

/** The API of Cognito user pools, `https://cognito-idp.<region>.amazonaws.com/`. */
export function cognitoIdpHandler(
  cognito: Cognito,
  random: Random,
  journal: Journal,
  sessionCredentials: Sessions,
): FetchHandler {
  const service = {
    targetPrefix: COGNITO_TARGET,
    signingName: "cognito-idp",
    otherRegions: () => cognito.userPools().map(({ region }) => region),
    operations: {
      ...userPoolOperations(cognito),
      ...userPoolDomainOperations(cognito),
      ...userPoolClientOperations(cognito),
      ...resourceServerOperations(cognito),
      ...identityProviderOperations(cognito),
      ...appearanceAndRiskOperations(cognito),
      ...userOperations(cognito),
      ...groupOperations(cognito),
      ...signUpOperations(cognito),
      ...signInOperations(cognito),
      ...mfaOperations(cognito),
      ...selfServiceOperations(cognito),
      ...tagOperations(cognito),
    },
  };
  return awsJsonHandler(service, { environment: { region: cognito.region, random }, journal, sessionCredentials });
}
