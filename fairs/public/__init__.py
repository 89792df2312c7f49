"""The public page: valid certified products, without login, nothing personal."""
