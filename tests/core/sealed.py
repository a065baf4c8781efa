"""A made-up table with encrypted columns; it lives outside the registry, so nothing else sees it."""

from uuid import uuid4

from django.db import models
from django.test.utils import isolate_apps

from core.crypto import EncryptedTextField

with isolate_apps("core"):

    class Worker(models.Model):
        """劳动者, made up."""

        id = models.UUIDField(primary_key=True, default=uuid4)
        name = models.CharField(max_length=50)
        id_number = EncryptedTextField("身份证号", purpose="id", blank=True)
        phone = EncryptedTextField("手机号", purpose="phone", null=True)
        id_index = models.BinaryField(max_length=32, unique=True, null=True)

        class Meta:
            app_label = "core"

        def __str__(self):
            return self.name

    class Misplaced(models.Model):
        """Its key is made by the database: too late to be part of the seal."""

        id_number = EncryptedTextField("身份证号", purpose="id")

        class Meta:
            app_label = "core"

        def __str__(self):
            return str(self.pk)
