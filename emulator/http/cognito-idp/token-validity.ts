import type { z } from "zod";

import type { UserPoolClientDeclaration } from "../../../topology";
import { integer, oneOf, structure } from "../../cloud/constraints";

const UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;
const UNIT = oneOf(["seconds", "minutes", "hours", "days"]).optional();

/** What a client has that is told nothing, or 0 for refresh tokens: API reference, CreateUserPoolClient. */
const DEFAULT_HOURS = 1;
const DEFAULT_REFRESH_DAYS = 30;
const DEFAULT_UNITS = { AccessToken: "hours", IdToken: "hours", RefreshToken: "days" } as const;

/** The members that say how long a client's tokens are good for. */
export const TOKEN_VALIDITY = {
  AccessTokenValidity: integer(1, 86_400).optional(),
  IdTokenValidity: integer(1, 86_400).optional(),
  RefreshTokenValidity: integer(0, 315_360_000).optional(),
  TokenValidityUnits: structure({ AccessToken: UNIT, IdToken: UNIT, RefreshToken: UNIT }).optional(),
};
type TokenValidity = z.output<ReturnType<typeof structure<typeof TOKEN_VALIDITY>>>;
type Validities = Pick<UserPoolClientDeclaration, "accessTokenValidity" | "idTokenValidity" | "refreshTokenValidity">;

/** As the request has them, which is how the service gives them back: units only where it was told some. */
export function givenValidity(request: TokenValidity): TokenValidity {
  const { AccessTokenValidity, IdTokenValidity, RefreshTokenValidity, TokenValidityUnits } = request;
  return {
    AccessTokenValidity: AccessTokenValidity ?? DEFAULT_HOURS,
    IdTokenValidity: IdTokenValidity ?? DEFAULT_HOURS,
    RefreshTokenValidity: RefreshTokenValidity || DEFAULT_REFRESH_DAYS,
    TokenValidityUnits: TokenValidityUnits && { ...DEFAULT_UNITS, ...TokenValidityUnits },
  };
}

/** To seconds; unless units are named, access and ID tokens count in hours and refresh tokens in days. */
export function readValidity(request: TokenValidity): Validities {
  const { AccessToken, IdToken, RefreshToken } = { ...DEFAULT_UNITS, ...request.TokenValidityUnits };
  return {
    accessTokenValidity:
      (request.AccessTokenValidity ?? 1) * (request.AccessTokenValidity ? UNITS[AccessToken] : UNITS.hours),
    idTokenValidity: (request.IdTokenValidity ?? 1) * (request.IdTokenValidity ? UNITS[IdToken] : UNITS.hours),
    refreshTokenValidity: (request.RefreshTokenValidity ?? 0) * UNITS[RefreshToken],
  };
}

/** In the service's own units where they come out whole, otherwise in the largest that does. */
export function validityShape(client: Validities): object {
  const access = inUnits(client.accessTokenValidity, "hours");
  const id = inUnits(client.idTokenValidity, "hours");
  const refresh = inUnits(client.refreshTokenValidity, "days");
  return {
    AccessTokenValidity: access.value,
    IdTokenValidity: id.value,
    RefreshTokenValidity: refresh.value,
    TokenValidityUnits: { AccessToken: access.unit, IdToken: id.unit, RefreshToken: refresh.unit },
  };
}

function inUnits(validity: number, preferred: Unit): { value: number; unit: Unit } {
  const units: Unit[] = [preferred, "hours", "minutes", "seconds"];
  const unit = units.find((candidate) => validity % UNITS[candidate] === 0) ?? "seconds";
  return { value: validity / UNITS[unit], unit };
}
