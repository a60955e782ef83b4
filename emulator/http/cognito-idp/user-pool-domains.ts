import { CUSTOM_DOMAIN } from "../../../aws/cognito/names";
import type { Cognito } from "../../cloud/cognito/cognito";
import { check, POOL_ID } from "../../cloud/cognito/constraints";
import { notFound } from "../../cloud/cognito/errors";
import type { UserPool } from "../../cloud/cognito/user-pool";
import { integer, name, structure, text } from "../../cloud/constraints";
import { signed, type Operations } from "./operation";
import { CUSTOM_DOMAIN_CONFIG } from "./user-pool-settings";

const BY_NAME = structure({ Domain: text(CUSTOM_DOMAIN.maxLength, undefined, 1) });
const OF_POOL = BY_NAME.extend({ UserPoolId: POOL_ID });
const CUSTOM_NAME = structure({ Domain: name(CUSTOM_DOMAIN) });
const SETTINGS = OF_POOL.extend({
  ManagedLoginVersion: integer(1, 2).optional(),
  CustomDomainConfig: CUSTOM_DOMAIN_CONFIG.optional(),
});

/** The operations of domains, which give a pool its token endpoint. */
export function userPoolDomainOperations(cognito: Cognito): Operations {
  return {
    CreateUserPoolDomain: signed(SETTINGS, ({ Domain, UserPoolId, ManagedLoginVersion, CustomDomainConfig }) => {
      if (CustomDomainConfig) check(CUSTOM_NAME, { Domain });
      const custom = CustomDomainConfig && { certificateArn: CustomDomainConfig.CertificateArn };
      cognito.createUserPoolDomain({ domain: Domain, userPoolId: UserPoolId }, custom);
      return setLoginVersion(cognito.userPool(UserPoolId), ManagedLoginVersion);
    }),
    UpdateUserPoolDomain: signed(SETTINGS, ({ Domain, UserPoolId, ManagedLoginVersion, CustomDomainConfig }) => {
      const pool = cognito.userPool(UserPoolId);
      if (pool.domain !== Domain) throw notFound("Domain does not exist.");
      if (pool.customDomain && CustomDomainConfig) {
        pool.customDomain = { certificateArn: CustomDomainConfig.CertificateArn };
      }
      return setLoginVersion(pool, ManagedLoginVersion);
    }),
    // For a domain that is not there the service answers with an empty description.
    DescribeUserPoolDomain: signed(BY_NAME, ({ Domain }) => {
      const pool = cognito.userPools().find(({ domain }) => domain === Domain);
      if (!pool) return { DomainDescription: {} };
      return {
        DomainDescription: {
          Domain,
          UserPoolId: pool.id,
          Status: "ACTIVE",
          ManagedLoginVersion: pool.loginVersion,
          ...distribution(pool),
          CustomDomainConfig: pool.customDomain && { CertificateArn: pool.customDomain.certificateArn },
        },
      };
    }),
    DeleteUserPoolDomain: signed(OF_POOL, ({ Domain, UserPoolId }) =>
      cognito.deleteUserPoolDomain({ domain: Domain, userPoolId: UserPoolId }),
    ),
  };
}

function setLoginVersion(pool: UserPool, version = pool.loginVersion): object {
  pool.loginVersion = version;
  const { CloudFrontDistribution: CloudFrontDomain } = distribution(pool);
  return { ManagedLoginVersion: version, CloudFrontDomain };
}

/** Where a custom domain's alias would lead; nothing is there. */
function distribution({ customDomain }: UserPool): { readonly CloudFrontDistribution?: string } {
  return customDomain ? { CloudFrontDistribution: "emulated.cloudfront.invalid" } : {};
}
