"""Stories of the documents, told by the model under the account of the document that tells them."""
