"""Every string that the canvas shows: what needs translating, and the formulas that need none.

Names in braces are filled in by the browser. The JavaScript holds no visible string of its own.
"""

from typing import Final

from ui.i18n import N_, _

# Pure notation, the same in every language.
SYMBOLS: Final[dict[str, str]] = {
    "stage_x": "X",
    "stage_qkv": "Q K V",
    "stage_scores": "QKᵀ",
    "stage_scaled": "÷√d_k",
    "stage_weights": "softmax",
    "stage_context": "·V",
    "stage_normalized": "LayerNorm",
    "formula_qkv": "Q = X·W_Q + b_Q, K = X·W_K + b_K, V = X·W_V + b_V: {vectors}, {keyed}, {keyed}",
    "formula_qkv_plain": "Q = K = V = X: {wide}",
    "formula_qkv_unit": "Q = K = V = X̂: {wide}",
    "formula_unit": "{line} · X̂ = X ÷ ‖X‖",
    "unit_quotient": "x ÷ ‖x‖",
    "unit_length": "‖x‖ = √(Σ xᵢ²)",
    "formula_scores": "QKᵀ: {vectors}·{keys} = {square}",
    "formula_scaled": "QKᵀ ÷ √{d_k}: {square}",
    "formula_masked": "mask(QKᵀ ÷ √{d_k}): {square}",
    "formula_weights": "softmax({masked}): {square}",
    "formula_context": "softmax({masked})·V: {square}·{keyed} = {vectors}",
    "switch_scale": "÷√d_k",
}

LABELS: Final[dict[str, str]] = {
    # Names of things
    "component": N_("Attention, stage by stage"),
    "stages": N_("Stages"),
    "wiring": N_("Which attention"),
    "view": N_("View"),
    "switches": N_("Switches"),
    "layer": N_("Layer"),
    "head": N_("Head"),
    "heads": N_("Heads"),
    "panel": N_("The chosen cell as arithmetic"),
    "query": N_("query"),
    "key": N_("key"),
    "sum": N_("sum"),
    "layer_number": N_("Layer {layer}"),
    "head_number": N_("Head {head}"),
    "dimension": N_("dimension {dimension}"),
    "close": N_("Close"),
    "file": N_("attention"),
    "query_token": N_("Query"),
    # Stage strip
    "stage_masked": N_("mask"),
    "stage_joined": N_("heads joined"),
    "stage_output": N_("output"),
    "stage_residual": N_("+ residual"),
    "stage_feed_forward": N_("feed-forward"),
    "stage_final": N_("+ residual, LayerNorm"),
    "why_not_learned": N_(
        "Not with this setting: output and what follows need weights that were learned with the model's own."
    ),
    "why_not_causal": N_("In the decoder the feed-forward network comes after the source–target attention."),
    # Wiring
    "wiring_self": N_("self"),
    "wiring_causal": N_("causal"),
    "wiring_cross": N_("source–target"),
    "wiring_self_title": N_("Self-attention in the encoder"),
    "wiring_causal_title": N_("The decoder looks at its own prefix"),
    "wiring_alone_title": N_("A decoder alone looks at the text so far"),
    "wiring_cross_title": N_("The decoder looks at the source sentence"),
    "wiring_self_line": N_(
        "Query, key and value all come from the source sentence: layer(x, x). "
        "key=None ⇒ key = value, and value is the sentence itself."
    ),
    "wiring_causal_line": N_(
        "Query, key and value all come from the decoder's own words so far: layer(x, x), without the future. "
        "key=None ⇒ key = value, and value is that prefix."
    ),
    "wiring_alone_line": N_(
        "A decoder alone: query, key and value all come from the text so far: layer(x, x), without the future. "
        "key=None ⇒ key = value, and value is that text."
    ),
    "wiring_cross_line": N_(
        "The query comes from the decoder, key and value from the encoder's result: layer(x, memory), "
        "so key=None ⇒ key = value = memory."
    ),
    # Views
    "view_matrix": N_("matrix"),
    "view_lines": N_("lines"),
    "view_products": N_("q×k"),
    "view_heads": N_("all heads"),
    "view_matrix_title": N_("The stage as a matrix"),
    "view_lines_title": N_("Queries left, keys right: the thicker the line, the larger the weight"),
    "view_products_title": N_("One query against every key, dimension by dimension"),
    "view_heads_title": N_("Every layer and head at once"),
    # Switches
    "switch_mask": N_("mask"),
    "switch_plain": N_("no projection"),
    "switch_unit": N_("length 1 (cosine)"),
    "switch_all_heads": N_("every head"),
    "switch_scale_title": N_("Divide the scores by √d_k before the softmax"),
    "switch_mask_title": N_("Hide the words that are still to come"),
    "switch_plain_title": N_("Q = K = V = X: one head as wide as the model, nothing learned"),
    "switch_unit_title": N_("Divide each vector by its length first: the score of two words is their cosine"),
    "no_mask_self": N_(
        "Self-attention in the encoder sees the whole sentence: there is no mask to take off."
    ),
    "no_mask_cross": N_("Source–target attention sees the whole source: there is no mask to take off."),
    "plain_one_head": N_("Without projections there is only one head."),
    "what_if": N_(
        "What if: not the model's own setting. Output and all that follows are shut, "
        "since their weights were learned with the model's own."
    ),
    # Formulas with words in them
    "formula_x": N_("X = embedding × √{d} + position: {wide}"),
    "formula_x_later": N_("X = result of block {previous}: {wide}"),
    "formula_x_cross": N_(
        "X = result of the decoder's causal attention: {wide}; memory = encoder's result: {memory}"
    ),
    "formula_qkv_cross": N_(
        "Q = X·W_Q + b_Q: {vectors}; K = memory·W_K + b_K, V = memory·W_V + b_V: {keyed}, {keyed}; "
        "memory = encoder's result"
    ),
    "formula_qkv_plain_cross": N_("Q = X: {wide}; K = V = memory: {memory}"),
    "formula_qkv_unit_cross": N_("Q = X̂: {wide}; K = V = memory ÷ ‖memory‖: {memory}"),
    "formula_scaled_off": N_("QKᵀ, not divided: {square}"),
    "formula_masked_off": N_("mask taken off: {square}"),
    "formula_masked_none": N_("no mask in this attention: {square}, unchanged"),
    "formula_joined": N_("{heads} heads side by side: {heads} × {vectors} → {wide}"),
    "formula_joined_plain": N_("one head only: {wide}"),
    "formula_output": N_("output = joined·W_O + b: {wide}"),
    "formula_residual": N_("X + output: {wide}"),
    "formula_normalized": N_("LayerNorm(X + output): {wide}"),
    "formula_normalized_causal": N_("LayerNorm(X + output): {wide}, the source–target attention's X"),
    "formula_feed_forward": N_("relu(x·W₁ + b₁)·W₂ + b₂: {wide}"),
    "formula_final": N_("LayerNorm(x + feed-forward): {wide}, the next block's X"),
    "formula_final_last": N_("LayerNorm(x + feed-forward): {wide}, the last block's result"),
    "panel_x_query": N_("X (for the query)"),
    "panel_x_memory": N_("memory (for key and value)"),
    "panel_memory": N_("K = V = memory"),
    "panel_memory_unit": N_("K = V = memory ÷ ‖memory‖"),
    # Captions
    "place": N_("layer {layer} of {layers}, head {head} of {heads}"),
    "place_layer": N_("layer {layer} of {layers}"),
    "place_plain": N_("layer {layer}, without projections"),
    "place_unit": N_("layer {layer}, without projections, length 1"),
    "caption_x": N_("the vectors that come in"),
    "caption_qkv": N_("query, key and value vectors"),
    "caption_scores": N_("scores"),
    "caption_scaled": N_("scaled scores"),
    "caption_scaled_off": N_("scores, not divided"),
    "caption_masked": N_("masked scores"),
    "caption_masked_none": N_("scores, without a mask"),
    "caption_masked_off": N_("scores, the mask taken off"),
    "caption_weights": N_("attention weights"),
    "caption_context": N_("weighted sums of the values"),
    "caption_joined": N_("all heads side by side"),
    "caption_joined_plain": N_("the only head's result"),
    "caption_output": N_("the attention's output"),
    "caption_residual": N_("input plus output"),
    "caption_normalized": N_("normalized rows"),
    "caption_feed_forward": N_("the feed-forward network's result"),
    "caption_final": N_("the block's result"),
    "caption_lines": N_("attention weights as lines"),
    "caption_products": N_("products of query and key"),
    "caption_heads": N_("attention weights of every layer and head"),
    # What a stage means
    "explain_x": N_(
        "One row a token, one column a dimension. These vectors are all that the attention sees."
    ),
    "explain_qkv": N_(
        "Each token's vector is projected three times: what it asks, what it offers, what it hands on."
    ),
    "explain_scores": N_(
        "Each query meets each key: their products are summed up. A large score says: these two fit."
    ),
    "explain_scaled": N_(
        "Sums over many dimensions grow large, and the softmax would turn nearly one-hot. "
        "Dividing by √d_k keeps it soft."
    ),
    "explain_scaled_off": N_(
        "÷√d_k is off: sums over many dimensions grow large, and the softmax turns sharper, nearly one-hot."
    ),
    "explain_masked": N_(
        "A word may not look at the words after it: their scores become −∞, their weights 0."
    ),
    "explain_masked_none": N_(
        "Nothing is hidden here: this attention may look at every word, and the scores go on as they are."
    ),
    "explain_masked_off": N_(
        "The mask is taken off: a word now looks at the words after it as well, which it could not have when "
        "the model speaks, since they are not there yet."
    ),
    "explain_weights": N_(
        "The softmax turns each row into shares that add up to 1: how a word divides its attention."
    ),
    "explain_context": N_(
        "Each row is a weighted sum of all value vectors. This is what the token takes along."
    ),
    "explain_joined": N_("The heads' results stand side by side and give a vector as wide as the model."),
    "explain_output": N_("One more learned projection mixes what the heads have found."),
    "explain_residual": N_("The input is added again, so that nothing is lost on the way."),
    "explain_normalized": N_(
        "Each row is brought to mean 0 and deviation 1, then stretched by γ and shifted by β."
    ),
    "explain_feed_forward": N_("Each token alone passes through two layers with a ReLU between them."),
    "explain_final": N_("Once more input plus output, normalized: the next block begins with this."),
    "explain_final_last": N_("Once more input plus output, normalized: the result of the last block."),
    "explain_lines": N_("The same weights as in the matrix. Point at a word to see only its lines."),
    "explain_products": N_(
        "The score is the sum of these products: see which dimensions bring two words together."
    ),
    "explain_heads": N_("Rows are layers, columns are heads. Each head looks in its own way."),
    "hint_click": N_("Click a cell and its arithmetic opens here."),
    "hint_heads": N_("Click a picture to open that head."),
    "strongest_heading": N_("Each query's strongest key"),
    "summary_row": N_("{query} looks most at {key}: {weight}"),
    # Entropy
    "entropy_mean": N_("Mean entropy of the rows: {on} bits with ÷√d_k, {off} bits without"),
    "entropy_row": N_("row {token}: {on} and {off}"),
    # Arithmetic
    "rounding": N_("rounding"),
    "others": N_("the other {count}"),
    "all_terms": N_("Show all {count} terms"),
    "largest_terms": N_("Show the largest terms only"),
    "sum_of": N_("Sum of {count} terms"),
    "sum_score": N_("q·k: {d_k} products qᵢ × kᵢ"),
    "sum_context": N_("weight × value, dimension {dimension}, over all keys"),
    "sum_projection": N_("{letter}{dimension} of head {head}: xᵢ × column {column} of W_{matrix}, plus b"),
    "sum_projection_memory": N_(
        "{letter}{dimension} of head {head}: memoryᵢ × column {column} of W_{matrix}, plus b"
    ),
    "sum_output": N_("joined headsᵢ × column {column} of W_O, plus b"),
    "sum_feed_forward": N_("hiddenᵢ × column {column} of W₂, plus b₂"),
    "hidden_units": N_(
        "Of {hidden} hidden units, {awake} are above 0 for this token; ReLU sets the others to 0."
    ),
    "scale_is_off": N_("÷√d_k is off: the score goes on as it is."),
    "future_masked": N_("This key comes after the query: its score becomes −∞, and its weight exactly 0."),
    "mask_keeps": N_("This key is not in the future: the score is kept."),
    "mask_none": N_("No mask here: the score is kept."),
    "column_key": N_("key"),
    "column_weight": N_("weight"),
    "joined_from": N_("Dimension {dimension} is dimension {inside} of head {head}."),
    "x_from_causal": N_("X is what the decoder's causal attention gave:"),
    "x_from_block": N_("X is what block {block} gave:"),
    "memory_from": N_("The memory is what the encoder's last block, block {block}, gave:"),
    "embedding_times": N_("Embedding × √d_model"),
    "plus_position": N_("embedding + position"),
    "residual_sum": N_("X + output"),
    "residual_sum_final": N_("normalized + feed-forward"),
    "row_mean": N_("Mean of the row: sum of its {d} numbers ÷ {d}"),
    "row_deviation": N_("Deviation of the row: √(variance + ε)"),
    "norm_line": N_("(number − mean) ÷ deviation × γ + β"),
    "fetching": N_("Fetching the learned weights …"),
    "not_fetched": N_(
        "The learned weights behind this cell could not be fetched, so its sum cannot be shown."
    ),
    # Pieces, words, characters
    "grain": N_("Cut into"),
    "grain_piece": N_("pieces"),
    "grain_word": N_("words"),
    "grain_syllable": N_("characters"),
    "grain_piece_title": N_("The pieces that the model reads"),
    "grain_word_title": N_("The same weights, summed over a word's keys and averaged over its queries"),
    "grain_syllable_title": N_(
        "The sentence encoded anew, one character at a time; the model was not trained so"
    ),
    "by_word": N_("By word: weights summed over a word's keys, averaged over its queries"),
    "why_not_word": N_("By word only the weights have a meaning: choose pieces to see this stage."),
    "why_not_syllable": N_("Character by character this sentence would be too long for the picture."),
    "plain_no_words": N_("Vectors have no words: this view shows pieces."),
    "word_cell": N_("{queries} query pieces, {keys} key pieces: sum over the keys, mean over the queries"),
    "word_sum": N_("The pieces' weights"),
    # Changed by hand
    "switch_random": N_("random weights"),
    "switch_random_title": N_("The same model before any training, its weights drawn at random"),
    "head_off": N_("{head} off"),
    "head_on": N_("{head} on"),
    "layer_off": N_("all off"),
    "layer_on": N_("all on"),
    "head_off_title": N_("A head that is off adds nothing: its context is zero"),
    "head_is_off": N_("Head {head} is switched off: its context is set to 0."),
    "edit_number": N_("Change this number"),
    "edit_score": N_("Change the score q·k"),
    "edit_apply": N_("Apply"),
    "edit_row": N_("The whole row: {count} numbers"),
    "edit_row_label": N_("The row's numbers, separated by commas"),
    "edit_zero": N_("all 0"),
    "edit_negate": N_("reversed sign"),
    "edit_copy": N_("take another token's"),
    "edit_not_finite": N_("Only finite numbers: no NaN, no infinity, no letters."),
    "edit_too_large": N_("At most ±{largest}: beyond that nothing could be computed."),
    "edit_length": N_("The row needs {wanted} numbers, {given} were given."),
    "edit_not_what_if": N_("Numbers can be changed once the model has its own setting again."),
    "edit_not_words": N_("Numbers can be changed in the view by pieces."),
    "edited_cell": N_("Set by hand. Everything after it follows from it."),
    "edited_score": N_("This score was set by hand: it is no longer the sum of the products."),
    "edited_residual": N_("A number of this sum was set by hand."),
    "changed_edits": N_("rows changed by hand: {count}"),
    "changed_heads": N_("heads off: {count}"),
    "changed_random": N_("random weights, no training"),
    "changed_syllable": N_("encoded anew by character"),
    "recomputed": N_("The model has recomputed everything after it"),
    "recomputing": N_("Computing …"),
    "undo": N_("Undo"),
    "undo_all": N_("Undo all"),
    # No projection
    "plain_heading": N_("{token}: before and after attention"),
    "plain_before": N_("before: X"),
    "plain_before_unit": N_("before: X̂ = X ÷ ‖X‖"),
    "plain_after": N_("after: weighted sum of all X"),
    "plain_after_unit": N_("after: weighted sum of all X̂"),
    "plain_after_cross": N_("after: weighted sum of the memory's rows"),
    "unit_squares": N_("The row's {d} numbers, each times itself"),
    "plain_own": N_(
        "Its weight on itself is {share}: without projections a word's score with itself is its squared length, "
        "and it hardly looks elsewhere. Learned projections let it look at others."
    ),
    "plain_note": N_("Cosine between this token's vector and every word's X, before and after:"),
    "cosine_before": N_("before"),
    "cosine_after": N_("after"),
    # Tools
    "zoom_in": N_("Zoom in on the chosen cell (+ or double-click)"),
    "zoom_reset": N_("Show the whole matrix (0)"),
    "zoomed": N_("rows {r0}–{r1} of {rows}"),
    "save_png": N_("Save this picture as PNG"),
    "save_csv": N_("Save these numbers as CSV"),
    "keys_help": N_("Arrow keys move the cell, Enter opens its arithmetic, Escape closes it."),
}


def attention_labels() -> dict[str, str]:
    """Return all visible strings of the canvas in the running session's language."""
    return {**SYMBOLS, **{name: _(message) for name, message in LABELS.items()}}
