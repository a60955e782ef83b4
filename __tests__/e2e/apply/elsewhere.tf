# Beside article.tf: a target whose server may be down.
resource "aws_bedrockagentcore_gateway_target" "elsewhere" {
  name               = "elsewhere"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id
  target_configuration {
    mcp {
      mcp_server { endpoint = "https://mcp.example.com/mcp" }
    }
  }
}
