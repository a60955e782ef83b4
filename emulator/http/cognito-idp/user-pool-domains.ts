import type { Cognito } from "../../cloud/cognito/cognito";
import { DOMAIN, POOL_ID } from "../../cloud/cognito/constraints";
import { notFound } from "../../cloud/cognito/errors";
import type { UserPool } from "../../cloud/cognito/user-pool";
import { integer, NOT_EMULATED, structure } from "../../cloud/constraints";
import { signed, type Operations } from "./operation";

const BY_NAME = structure({ Domain: DOMAIN });
const OF_POOL = BY_NAME.extend({ UserPoolId: POOL_ID });
const SETTINGS = OF_POOL.extend({ ManagedLoginVersion: integer(1, 2).optional(), CustomDomainConfig: NOT_EMULATED });

/** The operations of domains, which give a pool its token endpoint. */
export function userPoolDomainOperations(cognito: Cognito): Operations {
  return {
    CreateUserPoolDomain: signed(SETTINGS, ({ Domain, UserPoolId, ManagedLoginVersion }) => {
      cognito.createUserPoolDomain({ domain: Domain, userPoolId: UserPoolId });
      return setLoginVersion(cognito.userPool(UserPoolId), ManagedLoginVersion);
    }),
    UpdateUserPoolDomain: signed(SETTINGS, ({ Domain, UserPoolId, ManagedLoginVersion }) => {
      const pool = cognito.userPool(UserPoolId);
      if (pool.domain !== Domain) throw notFound("Domain does not exist.");
      return setLoginVersion(pool, ManagedLoginVersion);
    }),
    // For a domain that is not there the service answers with an empty description.
    DescribeUserPoolDomain: signed(BY_NAME, ({ Domain }) => {
      const pool = cognito.userPools().find(({ domain }) => domain === Domain);
      if (!pool) return { DomainDescription: {} };
      return {
        DomainDescription: { Domain, UserPoolId: pool.id, Status: "ACTIVE", ManagedLoginVersion: pool.loginVersion },
      };
    }),
    DeleteUserPoolDomain: signed(OF_POOL, ({ Domain, UserPoolId }) =>
      cognito.deleteUserPoolDomain({ domain: Domain, userPoolId: UserPoolId }),
    ),
  };
}

function setLoginVersion(pool: UserPool, version = pool.loginVersion): { readonly ManagedLoginVersion: number } {
  pool.loginVersion = version;
  return { ManagedLoginVersion: version };
}
