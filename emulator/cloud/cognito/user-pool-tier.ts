import { tierTooLow } from "./errors";

/** The plans of user pools, from the least on. */
const TIERS = ["LITE", "ESSENTIALS", "PLUS"] as const;

interface TieredSettings {
  readonly tier: (typeof TIERS)[number];
  readonly advancedSecurityMode: string | undefined;
  readonly passwordHistorySize: number;
  readonly firstFactors: readonly string[];
}

/**
 * Developer guide, "cognito-sign-in-feature-plans": what a plan does not have. The sentence is believed.
 *
 * @throws AwsError FeatureUnavailableInTierException
 */
export function checkTier(settings: TieredSettings): void {
  const { tier, advancedSecurityMode = "OFF", passwordHistorySize, firstFactors } = settings;
  const needed = [
    ["PLUS", "Threat protection", advancedSecurityMode !== "OFF"],
    ["PLUS", "A password history", passwordHistorySize > 0],
    ["ESSENTIALS", "Choice-based sign-in", firstFactors.some((factor) => factor !== "PASSWORD")],
  ] as const;
  for (const [least, feature, isAsked] of needed) {
    if (isAsked && TIERS.indexOf(tier) < TIERS.indexOf(least)) {
      throw tierTooLow(feature, tier, least);
    }
  }
}
