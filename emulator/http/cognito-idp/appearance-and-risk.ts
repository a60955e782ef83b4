import type { Cognito } from "../../cloud/cognito/cognito";
import { CLIENT_ID, POOL_ID } from "../../cloud/cognito/constraints";
import { invalidParameter } from "../../cloud/cognito/errors";
import type { UserPool } from "../../cloud/cognito/user-pool";
import { boolean, listOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { defined } from "../../cloud/defined";
import { seconds } from "../protocols/times";
import { signed, type Operations } from "./operation";

/** What settings are for that no client has of its own. */
const EVERY_CLIENT = "ALL";

const CLIENT = structure({ UserPoolId: POOL_ID, ClientId: CLIENT_ID.optional() });
const NOTIFY_EMAIL = structure({
  Subject: text(140, undefined, 1),
  HtmlBody: text(20_000, undefined, 6).optional(),
  TextBody: text(20_000, undefined, 6).optional(),
});
const TAKEOVER_ACTION = structure({
  Notify: boolean(),
  EventAction: oneOf(["BLOCK", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "NO_ACTION"]),
}).optional();
const ADDRESSES = listOf(text(UNBOUNDED), 200).optional();
const RISK = CLIENT.extend({
  CompromisedCredentialsRiskConfiguration: structure({
    EventFilter: listOf(oneOf(["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"]), 3).optional(),
    Actions: structure({ EventAction: oneOf(["BLOCK", "NO_ACTION"]) }),
  }).optional(),
  AccountTakeoverRiskConfiguration: structure({
    NotifyConfiguration: structure({
      From: text(131_072).optional(),
      ReplyTo: text(131_072).optional(),
      SourceArn: text(2_048, undefined, 20),
      BlockEmail: NOTIFY_EMAIL.optional(),
      NoActionEmail: NOTIFY_EMAIL.optional(),
      MfaEmail: NOTIFY_EMAIL.optional(),
    }).optional(),
    Actions: structure({ LowAction: TAKEOVER_ACTION, MediumAction: TAKEOVER_ACTION, HighAction: TAKEOVER_ACTION }),
  }).optional(),
  RiskExceptionConfiguration: structure({ BlockedIPRangeList: ADDRESSES, SkippedIPRangeList: ADDRESSES }).optional(),
});

/** How the hosted pages look, and what threat protection does: kept and given back, without effect. */
export function appearanceAndRiskOperations(cognito: Cognito): Operations {
  return {
    SetUICustomization: signed(
      CLIENT.extend({ CSS: text(131_072).optional(), ImageFile: text(200_000).optional() }),
      ({ UserPoolId, ClientId = EVERY_CLIENT, CSS, ImageFile }) => {
        const pool = cognito.userPool(UserPoolId);
        if (pool.host === undefined) {
          const message = "There has to be an existing domain associated with this user pool";
          throw invalidParameter(message);
        }
        const before = pool.appearances.get(ClientId);
        const now = seconds(pool.clock.now());
        const version = pool.clock.now().toString().slice(0, 14).padEnd(14, "0");
        const dates = { LastModifiedDate: now, CreationDate: before?.["CreationDate"] ?? now };
        const ImageUrl =
          ImageFile === undefined ? undefined : `https://${pool.host}/${version}/assets/images/image.jpg`;
        pool.appearances.set(ClientId, { ImageUrl, CSS, CSSVersion: version, ...dates });
        return { UICustomization: appearance(pool, ClientId) };
      },
    ),
    GetUICustomization: signed(CLIENT, ({ UserPoolId, ClientId = EVERY_CLIENT }) => ({
      UICustomization: appearance(cognito.userPool(UserPoolId), ClientId),
    })),
    SetRiskConfiguration: signed(RISK, ({ UserPoolId, ClientId, ...settings }) => {
      const pool = cognito.userPool(UserPoolId);
      const risk = { ...defined(settings), LastModifiedDate: seconds(pool.clock.now()) };
      pool.risks.set(ClientId ?? EVERY_CLIENT, risk);
      return { RiskConfiguration: { UserPoolId, ClientId, ...risk } };
    }),
    DescribeRiskConfiguration: signed(CLIENT, ({ UserPoolId, ClientId }) => {
      const { risks } = cognito.userPool(UserPoolId);
      return { RiskConfiguration: { UserPoolId, ClientId, ...risks.get(ClientId ?? EVERY_CLIENT) } };
    }),
  };
}

function appearance({ id, appearances }: UserPool, clientId: string): object {
  const own = appearances.get(clientId);
  return { UserPoolId: id, ClientId: clientId, ...(own ?? appearances.get(EVERY_CLIENT)) };
}
