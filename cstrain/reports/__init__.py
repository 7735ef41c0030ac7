"""What a learner carries away: the report and the certificate, and how a certificate is checked.

Points are never read from anywhere: they come from the answers, checked anew.
"""
