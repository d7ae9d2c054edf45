"""Writes a wheel without content that asks for what torch's build for processors asks for. Argument: the file."""
import sys
import zipfile

name = "torch-2.9.1+cpu.dist-info"
requirements = ["filelock", "typing-extensions>=4.10.0", "setuptools", "sympy>=1.13.3", "networkx>=2.5.1", "jinja2", "fsspec>=0.8.5"]
metadata = ["Metadata-Version: 2.1", "Name: torch", "Version: 2.9.1+cpu", *(f"Requires-Dist: {one}" for one in requirements)]
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr(f"{name}/METADATA", "\n".join(metadata) + "\n")
    wheel.writestr(f"{name}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp312-cp312-manylinux_2_28_x86_64\n")
    wheel.writestr(f"{name}/RECORD", "")
