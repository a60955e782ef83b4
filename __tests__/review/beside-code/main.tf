# a heading
# cdktf-agentcore:ignore gateway-open Everybody may try it, in the sandbox.
resource "aws_bedrockagentcore_gateway" "a" {
  name            = "a"
  authorizer_type = "NONE"
}

# cdktf-agentcore:ignore gateway-open too far away

resource "aws_bedrockagentcore_gateway" "b" {
  name            = "b"
  kms_key_arn     = "# cdktf-agentcore:ignore gateway-open in a text"
  description = <<EOT
# cdktf-agentcore:ignore gateway-open in a heredoc
EOT
  authorizer_type = "NONE"
}

resource "aws_bedrockagentcore_gateway" "c" { // cdktf-agentcore:ignore gateway-open in the block's line
  for_each        = toset(["x", "y"])
  name            = each.key
  authorizer_type = "NONE"
}
resource "aws_bedrockagentcore_gateway" "d" {
  name            = "d"
  authorizer_type = "NONE"
} # cdktf-agentcore:ignore gateway-open

variable "token" {
  type      = string
  sensitive = true
  default   = "correct-horse"
}

resource "aws_bedrockagentcore_gateway_target" "e" {
  name               = "e"
  gateway_identifier = aws_bedrockagentcore_gateway.a.gateway_id
  target_configuration {
    mcp {
      mcp_server {
        endpoint = "http://tools.example.com/${var.token}"
      }
    }
  }
}
