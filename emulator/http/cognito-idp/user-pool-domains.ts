import type { Cognito } from "../../cloud/cognito/cognito";
import { DOMAIN, POOL_ID } from "../../cloud/cognito/constraints";
import { integer, NOT_EMULATED, structure } from "../../cloud/constraints";
import { signed, type Operations } from "./operation";

const BY_NAME = structure({ Domain: DOMAIN });
const OF_POOL = BY_NAME.extend({ UserPoolId: POOL_ID });
/** The classic hosted pages; none of either is emulated. */
const DEFAULT_LOGIN_VERSION = 1;

/** The operations of domains, which give a pool its token endpoint. */
export function userPoolDomainOperations(cognito: Cognito): Operations {
  return {
    CreateUserPoolDomain: signed(
      OF_POOL.extend({ ManagedLoginVersion: integer(1, 2).optional(), CustomDomainConfig: NOT_EMULATED }),
      ({ Domain, UserPoolId, ManagedLoginVersion = DEFAULT_LOGIN_VERSION }) => {
        cognito.createUserPoolDomain({ domain: Domain, userPoolId: UserPoolId });
        return { ManagedLoginVersion };
      },
    ),
    // For a domain that is not there the service answers with an empty description.
    DescribeUserPoolDomain: signed(BY_NAME, ({ Domain }) => {
      const pool = cognito.userPools().find(({ domain }) => domain === Domain);
      if (!pool) return { DomainDescription: {} };
      return { DomainDescription: { Domain, UserPoolId: pool.id, Status: "ACTIVE" } };
    }),
    DeleteUserPoolDomain: signed(OF_POOL, ({ Domain, UserPoolId }) => {
      cognito.deleteUserPoolDomain({ domain: Domain, userPoolId: UserPoolId });
      return {};
    }),
  };
}
