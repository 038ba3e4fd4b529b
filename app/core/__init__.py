"""What several features need and none owns.

It knows no feature: whatever it must know of them (navigation, settings, kinds of import, jobs) is a list that each
feature declares and `create_app` collects.
"""
