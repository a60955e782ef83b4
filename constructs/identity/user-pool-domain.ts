import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { domainHost } from "../../aws/cognito/endpoints";
import { withChosenAddress } from "../private/addresses";
import { arnProblems } from "../private/arns";
import { reportProblems } from "../private/checks";
import { AwsEnvironment } from "../private/aws-environment";
import type { Problem } from "../private/errors";
import * as names from "../private/names";

/** A domain of one's own for a user pool. */
export interface CustomDomainOptions {
  /** For example `auth.example.com`. Its parent domain must have an A record. */
  readonly domainName: string;
  /** ARN of a certificate in us-east-1, which covers the domain. */
  readonly certificateArn: string;
}

/** Where a user pool signs people in and gives machines their tokens. */
export interface UserPoolDomainOptions {
  /**
   * The first label of `https://<prefix>.auth.<region>.amazoncognito.com`, where tokens are issued. It is unique in
   * the region over all accounts; 1 to 63 lower-case letters, digits and hyphens, without aws, amazon and cognito.
   * @default - derived from the construct's path and the account id
   */
  readonly domainPrefix?: string;

  /**
   * A domain of one's own instead. An alias for the CloudFront distribution that Cognito makes for it is yours to add.
   * @default - a domain of Amazon's
   */
  readonly customDomain?: CustomDomainOptions;
}

/** A user pool's domain. */
export interface UserPoolDomain {
  /** What must wait for the domain: nobody gets a token before. */
  readonly resource: ITerraformDependable;
  /** `https://<domain>`, without a slash at the end. */
  readonly baseUrl: string;
}

export function createUserPoolDomain(
  pool: Construct,
  userPoolId: string,
  options: UserPoolDomainOptions,
): UserPoolDomain {
  const { customDomain, domainPrefix = defaultDomainPrefix(pool) } = options;
  reportProblems(pool, arnProblems("certificate", customDomain?.certificateArn));
  const resource = withChosenAddress(
    new CognitoUserPoolDomain(pool, "Domain", {
      userPoolId,
      domain: customDomain?.domainName ?? domainPrefix,
      certificateArn: customDomain?.certificateArn,
    }),
  );
  const host = customDomain ? resource.domain : domainHost(resource.domain, AwsEnvironment.of(pool).region);
  return { resource, baseUrl: `https://${host}` };
}

/** With the account id, because the whole region shares the names. */
function defaultDomainPrefix(pool: Construct): string {
  const accountIdLength = 12;
  const maxLength = names.DOMAIN_PREFIX.maxLength - accountIdLength - 1;
  return `${names.derivedDomainName(pool, maxLength)}-${AwsEnvironment.of(pool).accountId}`;
}

export function domainProblems({ domainPrefix, customDomain }: UserPoolDomainOptions): Problem[] {
  return [
    ...(domainPrefix === undefined ? [] : names.nameProblems(names.DOMAIN_PREFIX, domainPrefix)),
    ...(customDomain ? names.nameProblems(names.CUSTOM_DOMAIN, customDomain.domainName) : []),
  ];
}
