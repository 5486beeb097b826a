"""The code of sampling, which several pages' snippets share."""

from typing import Final

# From `values` (ln p of the sorted tokens, less the largest) to what is `left` of each.
RESHAPED: Final = """left = np.exp(values / {temperature}) if {temperature} > 0 else (np.arange(len(values)) == 0) * 1.0
if {top_k}:
    left[{top_k}:] = 0
if {top_p} < 1:
    above = np.cumsum(left) - left
    left[1:][above[1:] >= {top_p} * left.sum()] = 0
left[left < {min_p} * left[0]] = 0
left /= left.sum()
"""
