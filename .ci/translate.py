"""Puts template.yaml through SAM's own translator, as CloudFormation does on a deployment, and prints what it becomes.

Nothing is asked over a network. Needs the package aws-sam-translator. With --print it prints the result as JSON.
"""

import collections
import json
import os
import sys

from samtranslator.public.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class ManagedPolicies:
    """No function names a managed policy, so there is none to look up."""

    def load(self):
        return {}


def main():
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    with open(os.path.join(root, "template.yaml"), encoding="utf-8") as file:
        template = yaml_parse(file)
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        for uri in ("CodeUri", "ContentUri"):
            # `sam deploy` uploads the zip and writes its address here.
            if uri in properties:
                properties[uri] = "s3://bucket/" + properties[uri]
    try:
        translated = transform(template, {}, ManagedPolicies())
    except InvalidDocumentException as refused:
        for cause in refused.causes:
            print(cause.message, file=sys.stderr)
        return 1
    if "--print" in sys.argv[1:]:
        print(json.dumps(translated, indent=2))
    else:
        kinds = collections.Counter(resource["Type"] for resource in translated["Resources"].values())
        for kind, count in sorted(kinds.items()):
            print(f"{count:4} {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
