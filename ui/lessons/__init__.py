"""What the pages say beside their pictures: snippets, questions, presets."""
