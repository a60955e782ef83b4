import { cognitoIssuer } from "../../topology";
import { sole } from "../evidence/certainty";
import { namedIssuers } from "../evidence/discovery-urls";
import { regionOf } from "../evidence/regions";
import { eachOf, type Rule } from "../rule";

export const discoveryUrlRegion: Rule = {
  id: "discovery-url-region",
  severity: "error",
  summary: "The discovery URL of a user pool names the region that the pool is in.",
  source:
    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html",
  check: eachOf(namedIssuers, ({ issuer }, { inventory }) => {
    const pool = sole(issuer.userPool);
    const named = cognitoIssuer(issuer.discoveryUrl)?.region;
    const region = pool && regionOf(pool.instance, inventory);
    if (typeof named !== "string" || region === undefined || named === region) return undefined;
    return {
      message: `The discovery URL names the region ${named}, but ${pool?.address ?? "the user pool"} is in ${region}.`,
      fix: `Write ${region} in the URL, or use data.aws_region.current.`,
    };
  }),
};
