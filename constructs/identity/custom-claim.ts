import { Token } from "cdktf";
import { CLAIM_NAME, MAX_CLAIM_VALUES } from "../../aws/agentcore/claims";
import { isName } from "../../aws/name-rule";
import type { Problem } from "../private/errors";
import { invalidClaimName, oneValueForContains } from "../private/problems/identity";
import { lengthOutOfRange } from "../private/problems/values";

/** How the values of a claim that is a list are compared. */
export class CustomClaimOperator {
  /** The list holds the value. */
  public static readonly CONTAINS = new CustomClaimOperator("CONTAINS");
  /** The list holds one of the values. */
  public static readonly CONTAINS_ANY = new CustomClaimOperator("CONTAINS_ANY");

  private constructor(
    /** The service's name of the operator. */
    public readonly value: string,
  ) {}
}

/** A further claim that tokens must have. Needs AWS provider 6.40. */
export class CustomClaim {
  /** The claim is this text. */
  public static withStringValue(name: string, value: string): CustomClaim {
    return new CustomClaim(name, "STRING", "EQUALS", [value]);
  }

  /** The claim is a list that holds the value (CONTAINS, of one value), or one of the values (CONTAINS_ANY). */
  public static withStringArrayValue(
    name: string,
    values: readonly string[],
    operator: CustomClaimOperator = CustomClaimOperator.CONTAINS,
  ): CustomClaim {
    return new CustomClaim(name, "STRING_ARRAY", operator.value, values);
  }

  private constructor(
    /** The claim's name in the token. */
    public readonly name: string,
    private readonly valueType: "STRING" | "STRING_ARRAY",
    private readonly operator: string,
    private readonly values: readonly string[],
  ) {}

  /** The claim as Terraform's `custom_claim` block. @internal */
  public get block(): object {
    const [value] = this.values;
    const matchValue =
      this.operator === CustomClaimOperator.CONTAINS_ANY.value || this.isListOfTerraform
        ? { match_value_string_list: [...this.values] }
        : { match_value_string: value };
    return {
      inbound_token_claim_name: this.name,
      inbound_token_claim_value_type: this.valueType,
      authorizing_claim_match_value: [{ claim_match_operator: this.operator, claim_match_value: [matchValue] }],
    };
  }

  /** Whether only Terraform knows the values, and how many there are. */
  private get isListOfTerraform(): boolean {
    return Token.isUnresolved(this.values);
  }

  /** What the service would refuse. */
  public validate(): Problem[] {
    const count = this.isListOfTerraform ? undefined : this.values.length;
    const isOneValue = this.operator === CustomClaimOperator.CONTAINS_ANY.value || count === 1;
    return [
      ...(Token.isUnresolved(this.name) || isName(CLAIM_NAME, this.name) ? [] : [invalidClaimName(this.name)]),
      ...(isOneValue ? [] : [oneValueForContains(this.name, count)]),
      ...(this.values.length === 0
        ? [lengthOutOfRange(`list of values of the claim ${this.name}`, 0, 1, MAX_CLAIM_VALUES)]
        : []),
    ];
  }
}
