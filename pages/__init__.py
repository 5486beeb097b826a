"""One file a page: it reads controls, asks core and hands the answer to ui."""
