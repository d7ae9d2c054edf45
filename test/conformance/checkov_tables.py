"""Writes the tables of checkov's parser for JSONPath beside it, where PLY looks for them.

For each of the some 400 paths that it asks about five templates, checkov has PLY make the tables of the grammar anew: most
of its CPU time. PLY takes tables that are there instead, if their signature is that of the grammar.
"""

import os

import ply.yacc
from bc_jsonpath_ng.ext import parser

START = 'jsonpath'

ply.yacc.yacc(
    module=parser.ExtentedJsonPathParser(),
    # As the parser itself calls it.
    tabmodule=f'parser_{START}_parsetab',
    outputdir=os.path.dirname(parser.__file__),
    start=START,
    debug=False,
)
