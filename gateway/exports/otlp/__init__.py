"""A session as OpenTelemetry spans: names, the fold from events to spans, both encodings, and the way to a
collector.
"""
