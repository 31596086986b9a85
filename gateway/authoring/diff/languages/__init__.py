"""What policies speak of, as languages: classes of names, paths, commands and hosts that no rule tells apart, each with
one member to show.
"""
