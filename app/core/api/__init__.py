"""The REST API's frame: who comes in by a token, problems in place of pages, cursors, and the document of it all.

Each feature offers its part in its room `api`, on the same queries and actions as its pages. What is large (pydantic,
spectree) is loaded with the first call, so that a server whose API nobody calls does without.
"""
