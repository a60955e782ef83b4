import type { z } from "zod";

import { userOfAccessToken } from "../../cloud/cognito/sign-in/access-token";
import type { Cognito } from "../../cloud/cognito/cognito";
import { POOL_ID, SESSION, TOKEN, USERNAME } from "../../cloud/cognito/constraints";
import {
  setMfaPreferences,
  type MfaPreference,
  type MfaPreferences,
} from "../../cloud/cognito/sign-in/mfa-preferences";
import { associateSoftwareToken, verifySoftwareToken } from "../../cloud/cognito/sign-in/software-token-setup";
import type { User } from "../../cloud/cognito/users/users";
import { boolean, NOT_EMULATED, structure, text } from "../../cloud/constraints";
import { signed, unsigned, type Operations } from "./operation";

const SET_UP = structure({ AccessToken: TOKEN.optional(), Session: SESSION.optional() });
const VERIFICATION = SET_UP.extend({
  UserCode: text(6, "[0-9]+", 6),
  FriendlyDeviceName: text(131_072).optional(),
});
const SETTINGS = structure({ Enabled: boolean().optional(), PreferredMfa: boolean().optional() }).optional();
const PREFERENCES = structure({
  SMSMfaSettings: SETTINGS,
  SoftwareTokenMfaSettings: SETTINGS,
  EmailMfaSettings: SETTINGS,
  WebAuthnMfaSettings: NOT_EMULATED,
});

/** How users get second factors: they set up an authenticator app, and say which of their factors they want. */
export function mfaOperations(cognito: Cognito): Operations {
  return {
    AssociateSoftwareToken: unsigned(SET_UP, async ({ AccessToken: accessToken, Session }) => {
      const { secret: SecretCode, session } = await associateSoftwareToken(cognito, { accessToken, session: Session });
      return { SecretCode, Session: session };
    }),
    VerifySoftwareToken: unsigned(VERIFICATION, async ({ AccessToken: accessToken, Session, UserCode }) => {
      const { session } = await verifySoftwareToken(cognito, { accessToken, session: Session }, UserCode);
      return { Status: "SUCCESS", Session: session };
    }),
    SetUserMFAPreference: unsigned(PREFERENCES.extend({ AccessToken: TOKEN }), async (request) => {
      const { pool, user } = await userOfAccessToken(cognito, request.AccessToken);
      setMfaPreferences(pool, user, preferencesIn(request), { mayComeLater: false });
    }),
    AdminSetUserMFAPreference: signed(PREFERENCES.extend({ UserPoolId: POOL_ID, Username: USERNAME }), (request) => {
      const pool = cognito.userPool(request.UserPoolId);
      const user = pool.users.adminGetUser(request.Username);
      setMfaPreferences(pool, user, preferencesIn(request), { mayComeLater: true });
    }),
  };
}

function preferencesIn(request: z.output<typeof PREFERENCES>): MfaPreferences {
  return {
    SMS_MFA: preferenceIn(request.SMSMfaSettings),
    SOFTWARE_TOKEN_MFA: preferenceIn(request.SoftwareTokenMfaSettings),
    EMAIL_OTP: preferenceIn(request.EmailMfaSettings),
  };
}

function preferenceIn(settings: z.output<typeof SETTINGS>): MfaPreference | undefined {
  return settings && { isEnabled: settings.Enabled ?? false, isPreferred: settings.PreferredMfa ?? false };
}

/** What a user's description has of it: nothing where he turned none on. */
export function mfaShape({ mfa }: User): object {
  if (mfa === undefined || mfa.enabled.length === 0) return {};
  return { UserMFASettingList: mfa.enabled, PreferredMfaSetting: mfa.preferred };
}
