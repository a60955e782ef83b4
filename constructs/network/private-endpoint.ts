// constructs/network/: ways into a VPC.
import { Token } from "cdktf";
import { PRIVATE_ENDPOINT } from "../../aws/agentcore/limits";
import { IP_ADDRESS_TYPES } from "../../aws/agentcore/values";
import type { Problem } from "../private/errors";
import { lengthProblems } from "../private/names";
import { invalidIpAddressType, invalidResourceConfiguration } from "../private/problems/gateway";
import { valueOutOfRange } from "../private/problems/values";
import { nonEmptyTags, tagProblems } from "../private/tags";

/** A VPC in which AgentCore makes its own way to an address. */
export interface ManagedVpcEndpointOptions {
  /** Id of the VPC. */
  readonly vpcId: string;

  /** Ids of the subnets, at least one. */
  readonly subnetIds: readonly string[];

  /**
   * Ids of at most 5 security groups.
   * @default - the VPC's default security group
   */
  readonly securityGroupIds?: readonly string[];

  /**
   * `IPV4` or `IPV6`.
   * @default "IPV4"
   */
  readonly ipAddressType?: string;

  /**
   * A public domain name to route by, in place of the address's own, 3 to 255 characters: that of a load balancer in
   * front of it.
   * @default - the address's own domain
   */
  readonly routingDomain?: string;

  /**
   * Tags of what AgentCore makes in the VPC: at most 50; keys of 1 to 128 and values of up to 256 characters.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** How AgentCore reaches an address that only a VPC knows: through Amazon VPC Lattice. */
export class PrivateEndpoint {
  /** AgentCore makes the resource gateway and the resource configuration in the VPC, and keeps them. */
  public static usingManagedVpc(options: ManagedVpcEndpointOptions): PrivateEndpoint {
    return new PrivateEndpoint(options, undefined);
  }

  /** A resource configuration of Amazon VPC Lattice that exists: its id, `rcfg-…`, or its ARN. */
  public static usingResourceConfiguration(resourceConfigurationIdentifier: string): PrivateEndpoint {
    return new PrivateEndpoint(undefined, resourceConfigurationIdentifier);
  }

  private constructor(
    private readonly vpc: ManagedVpcEndpointOptions | undefined,
    private readonly resourceConfigurationIdentifier: string | undefined,
  ) {}

  /** The `private_endpoint` block, as Terraform has it. @internal */
  public get block(): object {
    if (!this.vpc) {
      const { resourceConfigurationIdentifier } = this;
      return {
        self_managed_lattice_resource: [{ resource_configuration_identifier: resourceConfigurationIdentifier }],
      };
    }
    const { vpcId, subnetIds, securityGroupIds, ipAddressType = "IPV4", routingDomain, tags } = this.vpc;
    return {
      managed_vpc_resource: [
        {
          vpc_identifier: vpcId,
          subnet_ids: [...subnetIds],
          endpoint_ip_address_type: ipAddressType,
          security_group_ids: securityGroupIds && securityGroupIds.length > 0 ? [...securityGroupIds] : undefined,
          routing_domain: routingDomain,
          tags: nonEmptyTags(tags),
        },
      ],
    };
  }

  /** What the service would refuse. */
  public validate(): Problem[] {
    if (!this.vpc) {
      const { resourceConfigurationIdentifier: id = "" } = this;
      return Token.isUnresolved(id) || RESOURCE_CONFIGURATION.test(id) ? [] : [invalidResourceConfiguration(id)];
    }
    const { subnetIds, securityGroupIds = [], ipAddressType = "IPV4", routingDomain, tags } = this.vpc;
    const { securityGroups, domainLength } = PRIVATE_ENDPOINT;
    const isKnown = Token.isUnresolved(ipAddressType) || IP_ADDRESS_TYPES.some((known) => known === ipAddressType);
    return [
      ...(subnetIds.length < 1 ? [valueOutOfRange("number of subnets of the private endpoint", 0, 1, 16)] : []),
      ...(securityGroupIds.length > securityGroups
        ? [valueOutOfRange("number of security groups", securityGroupIds.length, 0, securityGroups)]
        : []),
      ...(isKnown ? [] : [invalidIpAddressType(ipAddressType)]),
      ...lengthProblems("routing domain", routingDomain, domainLength.shortest, domainLength.longest),
      ...tagProblems(tags),
    ];
  }
}

/** A domain that AgentCore reaches by a way of its own. */
export interface PrivateEndpointOverride {
  /** The domain, such as `keys.example.com`. */
  readonly domain: string;
  /** The way to it. */
  readonly privateEndpoint: PrivateEndpoint;
}

/** The override, as Terraform has it. */
export const overrideBlock = ({ domain, privateEndpoint }: PrivateEndpointOverride): object => ({
  domain,
  private_endpoint: [privateEndpoint.block],
});

/** What the service would refuse of the ways to an issuer or an authorization server. */
export const privateEndpointProblems = ({ privateEndpoint, privateEndpointOverrides = [] }: PrivateEndpoints) =>
  [privateEndpoint, ...privateEndpointOverrides.map((override) => override.privateEndpoint)].flatMap(
    (endpoint) => endpoint?.validate() ?? [],
  );

interface PrivateEndpoints {
  readonly privateEndpoint?: PrivateEndpoint;
  readonly privateEndpointOverrides?: readonly PrivateEndpointOverride[];
}

/** SelfManagedLatticeResource, resourceConfigurationIdentifier: the ids of Amazon VPC Lattice. */
const RESOURCE_CONFIGURATION =
  /^(rcfg-[0-9a-z]{17}|arn:aws[\w-]*:vpc-lattice:[\w-]+:\d{12}:resourceconfiguration\/rcfg-[0-9a-z]{17})$/;
