"""The article's server, on either generation of the official package."""

import os

HOST, PORT = os.environ["HOST"], int(os.environ["PORT"])

try:
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP(host=HOST, port=PORT, stateless_http=True)
    run = lambda: mcp.run(transport="streamable-http")
except ImportError:
    from mcp.server.mcpserver import MCPServer

    mcp = MCPServer("article")
    run = lambda: mcp.run("streamable-http", host=HOST, port=PORT, stateless_http=True)


@mcp.tool()
def add_numbers(a: int, b: int) -> int:
    """Add two numbers together"""
    return a + b


@mcp.tool()
def multiply_numbers(a: int, b: int) -> int:
    """Multiply two numbers together"""
    return a * b


@mcp.tool()
def greet_user(name: str) -> str:
    """Greet a user by name"""
    return f"Hello, {name}! Nice to meet you."


if __name__ == "__main__":
    run()
