# Modules, for_each and count: two tools behind one gateway, with a user pool for people and one for machines.

provider "aws" {
  region = "us-east-1"
}

data "aws_caller_identity" "current" {}

locals {
  tools = { search = "MCP", report = "HTTP" }
}

module "people" {
  source = "./auth"
  name   = "people"
}

module "machines" {
  source   = "./auth"
  count    = 1
  name     = "machines"
  machines = true
}

resource "aws_iam_role" "gateway" {
  name               = "tools-gateway"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock-agentcore.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

# Depends on what is created, so terraform reads it only at apply.
data "aws_iam_policy_document" "identity" {
  statement {
    actions = ["bedrock-agentcore:GetWorkloadAccessToken", "bedrock-agentcore:GetResourceOauth2Token"]
    resources = [
      "arn:aws:bedrock-agentcore:us-east-1:${data.aws_caller_identity.current.account_id}:workload-identity-directory/default",
      "arn:aws:bedrock-agentcore:us-east-1:${data.aws_caller_identity.current.account_id}:token-vault/default",
      aws_bedrockagentcore_gateway.main.workload_identity_details[0].workload_identity_arn,
    ]
  }
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for tool in module.tool : tool.secret_arn]
  }
}

resource "aws_iam_role_policy" "gateway" {
  name   = "identity"
  role   = aws_iam_role.gateway.name
  policy = data.aws_iam_policy_document.identity.json
}

resource "aws_bedrockagentcore_gateway" "main" {
  name            = "tools"
  role_arn        = aws_iam_role.gateway.arn
  authorizer_type = "CUSTOM_JWT"
  protocol_type   = "MCP"

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = module.people.discovery_url
      allowed_clients = [module.people.client_id]
    }
  }
}

module "tool" {
  source        = "./tool"
  for_each      = local.tools
  name          = each.key
  protocol      = each.value
  role_arn      = aws_iam_role.gateway.arn
  discovery_url = module.machines[0].discovery_url
  client_id     = module.machines[0].client_id
  client_secret = module.machines[0].client_secret
}

resource "aws_bedrockagentcore_gateway_target" "tool" {
  for_each           = local.tools
  name               = each.key
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id

  credential_provider_configuration {
    oauth {
      provider_arn = module.tool[each.key].provider_arn
      scopes       = ["machines/use"]
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = module.tool[each.key].endpoint
      }
    }
  }

  depends_on = [aws_iam_role_policy.gateway]
}
