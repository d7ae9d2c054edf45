"""Prints, as JSON, the access key to which each profile leads for the AWS CLI's own library, or null where it refuses."""
import json
import sys

import botocore.session


def key(profile):
    try:
        credentials = botocore.session.Session(profile=profile).get_credentials()
        # A role is asked for only now, where whoever runs this has left no way to STS.
        return credentials.get_frozen_credentials().access_key if credentials else None
    except (Exception, EOFError):
        return None


print(json.dumps({profile: key(profile) for profile in sys.argv[1:]}))
