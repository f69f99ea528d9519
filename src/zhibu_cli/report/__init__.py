"""Papers: findings and records become frozen views, views become bytes, one module per format."""
