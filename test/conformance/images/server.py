"""A server of MCP as currenttime is one: FastMCP of the mcp package, with one tool. Argument: the port."""
import sys

from mcp.server.fastmcp import FastMCP

server = FastMCP("time", host="0.0.0.0", port=int(sys.argv[1]))


@server.tool()
def current_time() -> str:
    """Tells the time."""
    return "now"


server.run(transport="streamable-http")
